#pragma once

#include "app/explorer.h"
#include "widgets/cost_result.h"
#include "widgets/latest_job.h"

#include <QObject>
#include <QString>

#include <memory>

namespace nanoscope {

/// The hardware that formats are priced on, and the work of pricing them: on a lane of its own, the newest request
/// wins, a failure leaves the figures that were there. Nothing is priced while nobody looks.
class CostDesk : public QObject {
    Q_OBJECT

public:
    /// Starts with the shipped default: the accelerator m2xfp and the model llama-3-8b.
    explicit CostDesk(QObject* parent = nullptr);
    ~CostDesk() override;

    [[nodiscard]] const CostChoice& choice() const { return m_choice; }
    void setChoice(const CostChoice& choice);
    void setFormats(const FormatSet& formats);
    /// Whether the figures can be seen.
    void setActive(bool isActive);

    /// The newest figures; null before the first. After a failure those of the choice before.
    [[nodiscard]] std::shared_ptr<const CostResult> result() const { return m_result; }
    /// Why there are no figures for the present choice; empty when there are, or will be.
    [[nodiscard]] QString problem() const { return m_problem; }
    /// True when result() answers the present choice and formats, or nobody looks.
    [[nodiscard]] bool isCurrent() const;
    [[nodiscard]] bool isBusy() const { return m_job.isBusy(); }

    /// The choice as text for settings, and back; nothing for text that is no choice (of a later version).
    [[nodiscard]] static QByteArray toText(const CostChoice& choice);
    [[nodiscard]] static std::optional<CostChoice> fromText(const QByteArray& text);

signals:
    void choiceChanged();
    /// The hardware changed, for other views that price formats.
    void setupChanged(const nanoscope::CostSetup& setup);
    void resultChanged();
    void problemChanged();
    /// isCurrent() may have changed.
    void currentChanged();

private:
    void request();
    void receive(std::shared_ptr<const CostResult> result);
    void fail(const std::exception_ptr& exception);

    CostChoice m_choice;
    std::optional<FormatSet> m_formats;
    std::shared_ptr<const CostResult> m_result;
    QString m_problem;
    bool m_isActive = false;
    bool m_isStale = true;
    LatestJob<std::shared_ptr<const CostResult>> m_job;
};

/// What a new window starts with.
[[nodiscard]] CostChoice defaultCostChoice();

}  // namespace nanoscope
