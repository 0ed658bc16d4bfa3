#pragma once

#include "app/view_docks.h"

#include <QByteArray>
#include <QMap>
#include <QObject>

class QMainWindow;
class QSettings;

namespace nanoscope {

/// The arrangements of the window: each keeps what the user made of it while another one is on.
class Arrangements : public QObject {
    Q_OBJECT

public:
    /// Starts with Explore as shipped.
    Arrangements(QMainWindow& window, ViewDocks& docks);

    [[nodiscard]] Arrangement current() const { return m_current; }
    /// Puts the docks where the user last had them in this arrangement, or where it is shipped.
    void choose(Arrangement arrangement);
    /// The present arrangement as it is shipped.
    void reset();

    /// @name Between starts
    /// @{
    void save(QSettings& settings);
    void restore(const QSettings& settings);
    /// @}

    /// Name for settings, sessions and the command line: explore, compare, teach.
    [[nodiscard]] static QString nameOf(Arrangement arrangement);
    /// Nothing for a name that none has.
    [[nodiscard]] static std::optional<Arrangement> named(const QString& name);

signals:
    void changed(nanoscope::Arrangement arrangement);

private:
    void keepCurrent();

    QMainWindow& m_window;
    ViewDocks& m_docks;
    Arrangement m_current = Arrangement::Explore;
    QMap<Arrangement, QByteArray> m_states;  // of the arrangements that were left
};

}  // namespace nanoscope
