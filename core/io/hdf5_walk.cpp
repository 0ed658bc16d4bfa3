#include "core/io/hdf5_walk.h"

#include "core/io/hdf5_dataset.h"
#include "core/io/hdf5_handle.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <new>
#include <optional>
#include <set>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace nanoscope {

namespace {

struct Link {
    std::string path;
    H5L_type_t type = H5L_TYPE_HARD;
};

/// The links of one group, and what stopped the listing if it is damaged.
struct GroupLinks {
    std::vector<Link> links;
    std::optional<Hdf5Failure> failure;
};

GroupLinks linksOf(hid_t group, const std::string& path)
{
    struct Collected {
        std::string prefix;
        std::vector<Link> links;
        bool outOfMemory = false;
    };
    // Exceptions must not pass through the C library.
    const auto collect = [](hid_t, const char* name, const H5L_info_t* info, void* data) noexcept -> herr_t {
        auto& collected = *static_cast<Collected*>(data);
        try {
            collected.links.push_back({collected.prefix + name, info->type});
        } catch (const std::bad_alloc&) {
            collected.outOfMemory = true;
            return -1;
        }
        return 0;
    };
    Collected collected{path.empty() ? "" : path + "/", {}, false};
    const bool failed = H5Literate(group, H5_INDEX_NAME, H5_ITER_INC, nullptr, collect, &collected) < 0;
    if (collected.outOfMemory)
        throw std::bad_alloc();
    GroupLinks result{std::move(collected.links), std::nullopt};
    if (failed)
        result.failure.emplace();
    return result;
}

TensorInfo damagedObject(const std::string& path, const std::string& problem)
{
    TensorInfo info;
    info.name = path;
    info.dtype = "unknown";
    info.reason = "damaged: HDF5 cannot read it (" + problem + ")";
    return info;
}

/// Walks with a list of pending links instead of recursion, so that no nesting is too deep.
class Walk {
public:
    explicit Walk(hid_t file)
        : m_file(file)
    {
    }

    std::vector<TensorInfo> run()
    {
        const Hdf5Id root = checkedId(H5Oopen(m_file, "/", H5P_DEFAULT));
        m_seen.insert(address(root.get()));
        GroupLinks links = linksOf(root.get(), {});
        if (links.failure && links.links.empty())
            throw *links.failure;
        follow({}, std::move(links));
        while (!m_pending.empty()) {
            const Link link = std::move(m_pending.back());
            m_pending.pop_back();
            if (link.type == H5L_TYPE_HARD)
                visitHardLink(link.path);
            else if (link.type == H5L_TYPE_EXTERNAL)
                visitExternalLink(link.path);
        }
        return std::move(m_found);
    }

private:
    using Address = std::pair<unsigned long, haddr_t>;

    static Address address(hid_t object)
    {
        H5O_info_t info{};
        checked(H5Oget_info2(object, &info, H5O_INFO_BASIC));
        return {info.fileno, info.addr};
    }

    void visitHardLink(const std::string& path)
    try {
        const Hdf5Id object = checkedId(H5Oopen(m_file, path.c_str(), H5P_DEFAULT));
        if (!m_seen.insert(address(object.get())).second)
            return;
        const H5I_type_t type = H5Iget_type(object.get());
        if (type == H5I_DATASET)
            m_found.push_back(describeDataset(object.get(), path, SixteenBitIntegers::AsMarked).info);
        else if (type == H5I_GROUP)
            follow(path, linksOf(object.get(), path));
    } catch (const Hdf5Failure& failure) {
        m_found.push_back(damagedObject(path, failure.what()));
    }

    /// True when an external link leads to something that is there and no regular file: opening a pipe would wait for
    /// ever. HDF5 looks for the file as it is named, then beside the one with the link.
    [[nodiscard]] bool leadsToNoFile(const std::string& path) const
    {
        H5L_info_t info{};
        if (H5Lget_info(m_file, path.c_str(), &info, H5P_DEFAULT) < 0)
            return false;
        std::vector<char> value(info.u.val_size + 1);
        const char* name = nullptr;
        unsigned flags = 0;
        if (H5Lget_val(m_file, path.c_str(), value.data(), value.size(), H5P_DEFAULT) < 0
            || H5Lunpack_elink_val(value.data(), info.u.val_size, &flags, &name, nullptr) < 0)
            return false;
        std::vector<char> file(static_cast<std::size_t>(std::max<ssize_t>(0, H5Fget_name(m_file, nullptr, 0))) + 1);
        (void)H5Fget_name(m_file, file.data(), file.size());
        const std::filesystem::path beside = std::filesystem::path(file.data()).parent_path() / name;
        for (const std::filesystem::path& place : {std::filesystem::path(name), beside}) {
            std::error_code error;
            const std::filesystem::file_status status = std::filesystem::status(place, error);
            if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status))
                return true;
        }
        return false;
    }

    // A group in another file is not followed: files that link each other would never end.
    void visitExternalLink(const std::string& path)
    try {
        if (leadsToNoFile(path))
            return;
        const Hdf5Id object(H5Oopen(m_file, path.c_str(), H5P_DEFAULT));
        if (object.valid() && H5Iget_type(object.get()) == H5I_DATASET)
            m_found.push_back(describeDataset(object.get(), path, SixteenBitIntegers::AsMarked).info);
    } catch (const Hdf5Failure& failure) {
        m_found.push_back(damagedObject(path, failure.what()));
    }

    void follow(const std::string& path, GroupLinks group)
    {
        if (group.failure)
            m_found.push_back(damagedObject(path.empty() ? "/" : path, group.failure->what()));
        m_pending.insert(m_pending.end(), std::make_move_iterator(group.links.rbegin()),
            std::make_move_iterator(group.links.rend()));
    }

    hid_t m_file;
    std::set<Address> m_seen;
    std::vector<Link> m_pending;  // the next one last
    std::vector<TensorInfo> m_found;
};

}  // namespace

std::vector<TensorInfo> listDatasets(hid_t file)
{
    return Walk(file).run();
}

}  // namespace nanoscope
