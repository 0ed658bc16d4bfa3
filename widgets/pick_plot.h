#pragma once

#include "widgets/study_plot.h"

#include <QList>
#include <QPointF>
#include <QString>

namespace nanoscope {

/// A point of a plot that can be chosen.
struct PickPoint {
    QPointF place;  ///< on the axes
    QString text;   ///< what it stands for, for tool tips and assistive technology; lines parted by \n
};

/// A plot whose points are chosen by click or key: arrows go to the neighbors, Home and End to the ends, Page keys 16
/// on, Enter chooses again what is chosen.
class PickPlot : public StudyPlot {
    Q_OBJECT

public:
    explicit PickPlot(QWidget* parent = nullptr);

    /// @param picks  in the order that keys follow; nothing is chosen then
    void setPicks(QList<PickPoint> picks);
    [[nodiscard]] const QList<PickPoint>& picks() const { return m_picks; }
    /// Marks a pick without saying so; -1 marks none.
    void setChosen(int index);
    [[nodiscard]] int chosen() const { return m_chosen; }
    /// Marks a place that is no pick of its own (a selected block between two points); it replaces the chosen pick.
    void setPlace(const PickPoint& place);

    [[nodiscard]] QString summary() const override;
    void paintPlot(QPainter& painter, const QRectF& area) const override;
    /// Where a pick is on the widget, for tests and lessons that point at it; not finite where an axis cannot hold it.
    [[nodiscard]] QPointF positionOf(int index) const;

signals:
    /// The user chose a pick.
    void picked(int index);

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    /// What is marked; nothing before the first choice.
    [[nodiscard]] const PickPoint* marked() const;
    [[nodiscard]] int nearest(QPointF point) const;
    void pickByUser(int index);

    QList<PickPoint> m_picks;
    int m_chosen = -1;
    std::optional<PickPoint> m_place;
};

}  // namespace nanoscope
