// Comparators beside format A, measured only while somebody looks at them.
#include "app/explorer.h"

namespace nanoscope {

void Explorer::setStudied(bool isStudied)
{
    m_isStudied = isStudied;
    if (isStudied && m_isStudyStale && !m_studies.isBusy()) {
        requestStudy();
        emit busyChanged();
    } else if (!isStudied && m_studies.isBusy()) {
        m_studies.cancel();
        emit busyChanged();
    }
}

void Explorer::requestStudy()
{
    m_isStudyStale = true;
    emit studyChanged();
    const std::shared_ptr<const Report> report = m_reports[A];
    if (!m_isStudied || !report || !m_tensor)
        return;
    m_studies.submit([tensor = m_tensor, report, axis = report->axis, reshape = m_cut.reshape, previous = m_study,
                         progress = progressOf(kStudying)](const std::stop_token& stop) {
        StudyOptions options;
        options.stop = stop;
        options.progress = progress;
        options.previous = previous;
        const BlockView view = tensor->view({axis, reshape}, 1);
        return std::make_shared<const StudyResult>(
            nanoscope::study(tensor->tensor(), view, report->format, *report, options));
    });
}

}  // namespace nanoscope
