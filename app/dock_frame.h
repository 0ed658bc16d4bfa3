#pragma once

#include <QScrollArea>

namespace nanoscope {

/// Lets what a dock holds be smaller than it asks for: it is then scrolled. So no panel, however much it shows, keeps
/// the window from being made small.
class DockFrame : public QScrollArea {
    Q_OBJECT

public:
    explicit DockFrame(QWidget* content, QWidget* parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fit();
};

}  // namespace nanoscope
