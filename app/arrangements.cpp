#include "app/arrangements.h"

#include <QMainWindow>
#include <QSettings>

#include <array>

namespace nanoscope {
namespace {

constexpr int kLayoutVersion = 2;  // of the docks there are
constexpr std::array kArrangements{Arrangement::Explore, Arrangement::Compare, Arrangement::Teach};
constexpr auto kCurrentKey = "window/arrangement";

QString stateKey(Arrangement arrangement)
{
    return QStringLiteral("window/state/") + Arrangements::nameOf(arrangement);
}

}  // namespace

Arrangements::Arrangements(QMainWindow& window, ViewDocks& docks)
    : QObject(&window)
    , m_window(window)
    , m_docks(docks)
{
}

QString Arrangements::nameOf(Arrangement arrangement)
{
    switch (arrangement) {
    case Arrangement::Explore:
        return QStringLiteral("explore");
    case Arrangement::Compare:
        return QStringLiteral("compare");
    case Arrangement::Teach:
        return QStringLiteral("teach");
    }
    return {};
}

std::optional<Arrangement> Arrangements::named(const QString& name)
{
    for (const Arrangement arrangement : kArrangements)
        if (nameOf(arrangement) == name)
            return arrangement;
    return std::nullopt;
}

void Arrangements::keepCurrent()
{
    m_states[m_current] = m_window.saveState(kLayoutVersion);
}

void Arrangements::choose(Arrangement arrangement)
{
    if (arrangement == m_current)
        return;
    keepCurrent();
    m_current = arrangement;
    const QSize size = m_window.size();  // docks on their way to their places can make the window grow
    if (!m_states.contains(arrangement) || !m_window.restoreState(m_states[arrangement], kLayoutVersion))
        m_docks.arrange(arrangement);
    m_docks.hideUnusedFormats();
    m_window.resize(size);
    emit changed(m_current);
}

void Arrangements::reset()
{
    m_docks.arrange(m_current);
}

void Arrangements::save(QSettings& settings)
{
    keepCurrent();
    settings.setValue(kCurrentKey, nameOf(m_current));
    for (auto state = m_states.cbegin(); state != m_states.cend(); ++state)
        settings.setValue(stateKey(state.key()), state.value());
}

void Arrangements::restore(const QSettings& settings)
{
    for (const Arrangement arrangement : kArrangements)
        if (const QByteArray state = settings.value(stateKey(arrangement)).toByteArray(); !state.isEmpty())
            m_states[arrangement] = state;
    m_current = named(settings.value(kCurrentKey).toString()).value_or(Arrangement::Explore);
    if (!m_states.contains(m_current) || !m_window.restoreState(m_states[m_current], kLayoutVersion))
        m_docks.arrange(m_current);
    m_docks.hideUnusedFormats();
    emit changed(m_current);
}

}  // namespace nanoscope
