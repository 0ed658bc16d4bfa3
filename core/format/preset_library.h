#pragma once

#include "core/error.h"
#include "core/format/preset.h"
#include "core/format/systems.h"
#include "core/format/user_presets.h"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nanoscope {

/// Every preset there is, shipped and the user's, found by any of its names. A value: reading the folder again means
/// making another one. Making one reads what the shipped presets say of themselves; a format is parsed when asked for.
class PresetLibrary {
public:
    /// @param userFolder  folder of the user's presets; empty: the shipped ones alone
    explicit PresetLibrary(const std::filesystem::path& userFolder = {});

    /// The shipped presets by family, behind them the user's by file name.
    [[nodiscard]] const std::vector<PresetInfo>& infos() const { return m_infos; }
    [[nodiscard]] const std::vector<System>& systems() const { return m_systems; }
    /// Files of the user's folder that cannot be used.
    [[nodiscard]] const std::vector<Error>& problems() const { return m_problems; }
    [[nodiscard]] const std::filesystem::path& userFolder() const { return m_userFolder; }

    /// Place in infos() of the preset that goes by `text`: by its name, else by an alias, else as the first preset of
    /// the system of this name ("A / B (C)" goes by A, B and C too); failing all three, the same without regard to
    /// case, blanks, '-', '_' and '.'.
    /// @throws Error (Refused) when only the lenient reading finds any, and finds several
    [[nodiscard]] std::optional<std::size_t> find(std::string_view text) const;

    /// The preset at a place of infos().
    [[nodiscard]] Preset load(std::size_t index) const;
    [[nodiscard]] std::vector<Preset> loadAll() const;

    /// The preset that goes by `text`.
    /// @throws Error (Refused) with the nearest name when there is none
    [[nodiscard]] Preset require(std::string_view text) const;

    /// Checks that a new preset of the user's may be called so.
    /// @throws Error (Refused) when the name is no name, or when something else goes by it
    void requireFree(const std::string& name) const;

    /// The systems of the reading list that a preset belongs to.
    [[nodiscard]] std::vector<const System*> systemsOf(std::string_view name) const;

private:
    /// A name and what it leads to.
    struct Name {
        enum Kind { Own, Alias, OfSystem };
        Kind kind = Own;
        std::string text;
        std::string folded;  ///< without what the lenient reading ignores
        std::size_t index = 0;
    };

    void addNames(std::size_t index);
    void addSystemNames();
    void addUserPresets(UserPresets found);
    [[nodiscard]] const Name* takenName(std::string_view text) const;
    [[nodiscard]] std::string takenText(const std::string& name) const;
    [[noreturn]] void refuseUnknown(const std::string& text) const;

    std::filesystem::path m_userFolder;
    std::vector<PresetInfo> m_infos;
    std::size_t m_shippedCount = 0;
    std::vector<FormatSpec> m_userSpecs;
    std::vector<System> m_systems;
    std::vector<Name> m_names;
    std::vector<Error> m_problems;
};

}  // namespace nanoscope
