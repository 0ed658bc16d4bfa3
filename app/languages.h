#pragma once

#include <QString>

#include <optional>

namespace nanoscope {

/// Languages that the window speaks.
enum class Language {
    System,   ///< the desktop's where there is a translation, else English
    English,  ///< as the source has it
    German
};

/// "system", "en" or "de".
[[nodiscard]] QString codeOf(Language language);
/// @returns nothing for a code that is none of those of codeOf()
[[nodiscard]] std::optional<Language> languageOfCode(const QString& code);

/// What the user chose last; System if nothing.
[[nodiscard]] Language rememberedLanguage();
void rememberLanguage(Language language);

/// Makes the words of the program those of a language, from now on: texts that are shown already stay. Numbers keep
/// their decimal point in every language, so that what is copied from the window can be typed into it.
void speak(Language language);
/// English or German, never System.
[[nodiscard]] Language spokenLanguage();

/// True when a text on screen is `english`, as it is or in translation. Scripts and lessons name controls in English.
/// Only translations that were shown since speak() are known, and those with %1 only as a whole.
[[nodiscard]] bool isShownFor(const QString& shown, const QString& english);

}  // namespace nanoscope
