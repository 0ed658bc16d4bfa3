#include "widgets/basis_text.h"

#include <QCoreApplication>

namespace nanoscope {

QString basisSentence(const QString& basis)
{
    if (basis.isEmpty() || basis == QStringLiteral("as stored"))
        return {};
    return QCoreApplication::translate("nanoscope::BasisText", "measured in the basis: %1").arg(basis);
}

}  // namespace nanoscope
