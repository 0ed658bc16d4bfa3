#pragma once

#include <hdf5.h>

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <stdexcept>
#include <vector>

/// Reads a file of tests/golden, which a reference wrote.
class GoldenFile {
public:
    explicit GoldenFile(const char* name = "mx_family.h5")
        : m_file(H5Fopen((QByteArray(NANOSCOPE_TEST_DATA "/") + name).constData(), H5F_ACC_RDONLY, H5P_DEFAULT))
    {
        if (m_file < 0)
            throw std::runtime_error("a file of tests/golden cannot be opened");
    }
    ~GoldenFile() { H5Fclose(m_file); }
    GoldenFile(const GoldenFile&) = delete;
    GoldenFile& operator=(const GoldenFile&) = delete;

    [[nodiscard]] bool has(const QString& path) const
    {
        QString prefix;
        for (const QString& step : path.split('/', Qt::SkipEmptyParts)) {
            prefix += '/' + step;
            if (H5Lexists(m_file, prefix.toUtf8().constData(), H5P_DEFAULT) <= 0)
                return false;
        }
        return true;
    }

    [[nodiscard]] std::vector<hsize_t> shape(const QString& path) const
    {
        const hid_t dataset = H5Dopen2(m_file, path.toUtf8().constData(), H5P_DEFAULT);
        const hid_t space = H5Dget_space(dataset);
        std::vector<hsize_t> extents(static_cast<std::size_t>(H5Sget_simple_extent_ndims(space)));
        H5Sget_simple_extent_dims(space, extents.data(), nullptr);
        H5Sclose(space);
        H5Dclose(dataset);
        return extents;
    }

    template <typename Value> [[nodiscard]] std::vector<Value> read(const QString& path) const
    {
        std::size_t count = 1;
        for (const hsize_t extent : shape(path))
            count *= extent;
        std::vector<Value> values(count);
        const hid_t dataset = H5Dopen2(m_file, path.toUtf8().constData(), H5P_DEFAULT);
        const hid_t type = sizeof(Value) == 1 ? H5T_NATIVE_UINT8
            : sizeof(Value) == 4              ? H5T_NATIVE_FLOAT
                                              : H5T_NATIVE_DOUBLE;
        const herr_t status = H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
        H5Dclose(dataset);
        if (status < 0)
            throw std::runtime_error("cannot read a golden dataset");
        return values;
    }

    [[nodiscard]] QStringList children(const QString& group) const
    {
        QStringList names;
        H5Literate_by_name(
            m_file, group.toUtf8().constData(), H5_INDEX_NAME, H5_ITER_INC, nullptr,
            [](hid_t, const char* name, const H5L_info_t*, void* out) -> herr_t {
                static_cast<QStringList*>(out)->append(QString::fromUtf8(name));
                return 0;
            },
            &names, H5P_DEFAULT);
        return names;
    }

    /// Text of a string attribute of fixed or variable length.
    [[nodiscard]] QString attribute(const QString& object, const char* name) const
    {
        const hid_t attribute = H5Aopen_by_name(m_file, object.toUtf8().constData(), name, H5P_DEFAULT, H5P_DEFAULT);
        const hid_t type = H5Aget_type(attribute);
        QString text;
        if (H5Tis_variable_str(type) > 0) {
            char* read = nullptr;
            H5Aread(attribute, type, &read);
            text = QString::fromUtf8(read);
            H5free_memory(read);
        } else {
            QByteArray read(static_cast<int>(H5Tget_size(type)), '\0');
            H5Aread(attribute, type, read.data());
            text = QString::fromUtf8(read.constData());
        }
        H5Tclose(type);
        H5Aclose(attribute);
        return text;
    }

private:
    hid_t m_file;
};
