#include "driven_window.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <algorithm>
#include <csignal>

namespace {

constexpr int kLongest = 240000;  // milliseconds; a machine may be busy
constexpr int kPatience = 5000;   // before a signal is sent again
constexpr int kPoll = 20;

QProcessEnvironment environmentIn(const QString& folder)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("HOME", folder);
    environment.insert("XDG_CONFIG_HOME", folder + "/config");
    environment.insert("XDG_DATA_HOME", folder + "/data");
    environment.insert("XDG_RUNTIME_DIR", folder);
    environment.insert("QT_QPA_PLATFORM", "xcb");
    environment.insert("LC_ALL", "C.UTF-8");
    environment.remove("LANGUAGE");
    return environment;
}

bool clickOneOf(const QJsonArray& cells, const QString& text)
{
    for (const QJsonValue& cell : cells)
        if (cell["text"] == text) {
            DrivenWindow::click(DrivenWindow::rectOf(cell.toObject()).center());
            return true;
        }
    return false;
}

}  // namespace

DrivenWindow::DrivenWindow(const QString& program)
    : m_program(program)
{
    m_process.setProcessEnvironment(environmentIn(m_folder.path()));
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
}

DrivenWindow::~DrivenWindow()
{
    kill();
}

int DrivenWindow::run(const QStringList& arguments)
{
    m_process.start(m_program, arguments);
    if (m_process.waitForFinished(kLongest) && m_process.exitStatus() == QProcess::NormalExit)
        return m_process.exitCode();
    kill();
    return -1;
}

bool DrivenWindow::open(const QStringList& arguments)
{
    m_process.start(m_program, QStringList{"--size", "1280x800", "--dump-on-signal", path("ui.json")} + arguments);
    const QString process = QString::number(m_process.waitForStarted() ? m_process.processId() : 0);
    // The window is mapped once, so xdotool may wait for it; it takes signals from before that on.
    return tool({"search", "--all", "--sync", "--onlyvisible", "--pid", process, "--name", "Nanoscope", "windowmove",
               "--sync", "%1", "0", "20", "windowactivate", "--sync", "%1"})
        == 0;
}

void DrivenWindow::kill()
{
    m_process.kill();
    m_process.waitForFinished();
}

bool DrivenWindow::isOpen()
{
    m_process.waitForFinished(0);
    return m_process.state() != QProcess::NotRunning;
}

QJsonObject DrivenWindow::look()
{
    const QString name = path("ui.json");
    QFile::remove(name);
    const QDeadlineTimer deadline(kLongest);
    while (!QFile::exists(name) && !deadline.hasExpired() && isOpen()) {
        ::kill(static_cast<pid_t>(m_process.processId()), SIGUSR1);
        for (const QDeadlineTimer again(kPatience); !QFile::exists(name) && !again.hasExpired() && isOpen();)
            QTest::qWait(kPoll);
    }
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

QString DrivenWindow::title()
{
    return look()["title"].toString();
}

QJsonObject DrivenWindow::widget(const QString& name)
{
    const QJsonArray widgets = look()["widgets"].toArray();
    for (const QJsonValue& each : widgets)
        if (each["visible"].toBool() && (each["objectName"] == name || each["name"] == name))
            return each.toObject();
    return {};
}

QString DrivenWindow::text(const QString& name)
{
    const QJsonObject found = widget(name);
    return found.contains("text") ? found["text"].toString() : found["description"].toString();
}

QStringList DrivenWindow::rows(const QString& name)
{
    return widget(name)["rows"].toVariant().toStringList();
}

QJsonArray DrivenWindow::cells(const QString& name)
{
    return widget(name)["cells"].toArray();
}

bool DrivenWindow::hasFocus(const QString& name)
{
    return widget(name)["focus"].toBool();
}

bool DrivenWindow::status(const QString& end)
{
    return text("statusText").endsWith(end);
}

QStringList DrivenWindow::actions()
{
    QStringList texts;
    const QJsonArray all = look()["actions"].toArray();
    for (const QJsonValue& action : all)
        texts << action["text"].toString();
    return texts;
}

void DrivenWindow::keys(const QStringList& names)
{
    tool(QStringList{"key", "--clearmodifiers", "--delay", "40"} + names);
}

void DrivenWindow::type(const QString& text)
{
    tool({"type", "--delay", "10", text});
}

void DrivenWindow::click(QPoint place)
{
    tool({"mousemove", QString::number(place.x()), QString::number(place.y()), "click", "1"});
}

void DrivenWindow::press(QPoint place)
{
    move(place);
    tool({"mousedown", "1"});
}

void DrivenWindow::move(QPoint place)
{
    tool({"mousemove", QString::number(place.x()), QString::number(place.y())});
}

void DrivenWindow::release()
{
    tool({"mouseup", "1"});
}

bool DrivenWindow::click(const QString& name)
{
    const QJsonObject found = widget(name);
    if (!found["enabled"].toBool())
        return false;
    const QRect place = rectOf(found);
    const bool isBox = found["class"] == "QCheckBox";  // which takes no clicks beside its text
    click(isBox ? QPoint(place.left() + place.height() / 2, place.center().y()) : place.center());
    return true;
}

bool DrivenWindow::clickCell(const QString& name, const QString& text)
{
    return clickOneOf(cells(name), text);
}

bool DrivenWindow::clickTab(const QString& text)
{
    const QJsonArray widgets = look()["widgets"].toArray();
    return std::any_of(widgets.begin(), widgets.end(), [&text](const QJsonValue& each) {
        return each["class"].toString().endsWith("TabBar") && clickOneOf(each["cells"].toArray(), text);
    });
}

bool DrivenWindow::fill(const QString& name, const QString& text)
{
    if (!click(name))
        return false;
    keys({"ctrl+a"});
    type(text);
    return true;
}

QRect DrivenWindow::rectOf(const QJsonObject& widget)
{
    const QJsonArray rect = widget["rect"].toArray();
    return {rect[0].toInt(), rect[1].toInt(), rect[2].toInt(), rect[3].toInt()};
}

int DrivenWindow::tool(const QStringList& arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);  // its complaints are not those of the test
    process.start("xdotool", arguments);
    return process.waitForFinished(kLongest) && process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
}
