using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace ClassHub.People;

/// <summary>What a password must be. Three words for everybody, as on the sheets; staff may have any twelve characters instead.</summary>
public static class PasswordRule
{
    public const int StaffLength = 12, Words = 3, LettersOfWord = 4;
    /// <summary>Shown to everybody, and so nobody's.</summary>
    public const string Example = "kite-melon-river";

    public static string Hint(bool isPupil) => isPupil ? $"Three words with {LettersOfWord} letters or more, like {Example}."
        : $"At least {StaffLength} characters. Three words are good, like {Example}.";

    /// <summary>The form in which passwords are hashed and compared: NFKC, so that the same signs are the same whichever keyboard wrote them.</summary>
    public static string Folded(string password)
    {
        try { return password.Normalize(NormalizationForm.FormKC); }
        catch (ArgumentException) { return password; }         // half a character
    }

    /// <exception cref="RuleBroken">Too short, too long, too common, or the name of the person or the school.</exception>
    public static void Check(string? password, Role role, string? userName, string? schoolName, string field)
    {
        if (string.IsNullOrEmpty(password)) throw new RuleBroken("Choose a password. " + Hint(role == Role.Pupil), field);
        if (password.Length > Passwords.Longest) throw new RuleBroken($"A password has at most {Passwords.Longest} characters.", field);
        var bare = Bare(password);
        if (IsIn(bare, userName)) throw new RuleBroken("Choose something other than the username.", field);
        if (PartsOf(schoolName).Append("classhub").Any(part => IsIn(bare, part))) throw new RuleBroken("Choose something other than the name of the school.",
            field);
        if (IsCommon(bare)) throw new RuleBroken("Many people have this password, so it is tried first. Choose another. " + Hint(role == Role.Pupil), field);
        var folded = Folded(password);
        if (WordsIn(folded) >= Words || (role != Role.Pupil && Length(folded) >= StaffLength)) return;
        throw new RuleBroken(Hint(role == Role.Pupil), field);
    }

    /// <summary>Lower case, and nothing but letters and digits: "Pass word!" is "password".</summary>
    private static string Bare(string password) => string.Concat(Folded(password).ToLowerInvariant().EnumerateRunes().Where(Rune.IsLetterOrDigit));

    private static string WithoutDigits(string bare) => bare.Trim("0123456789".ToCharArray());

    /// <summary>Whatever digits stand around it.</summary>
    private static bool IsIn(string bare, string? name) => name is not null && Bare(name) is { Length: > 0 } its && (bare == its || WithoutDigits(bare) == its);

    /// <summary>"Hazel Grove Primary", and also "Hazel Grove".</summary>
    private static IEnumerable<string> PartsOf(string? name)
    {
        var words = (name ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return from first in Enumerable.Range(0, words.Length)
               from count in Enumerable.Range(1, words.Length - first)
               select string.Concat(words.Skip(first).Take(count));
    }

    private static bool IsCommon(string bare)
    {
        var word = WithoutDigits(bare);
        return bare.Distinct().Count() < 4 || IsARow(bare) || IsRepeated(bare) || bare == Bare(Example)
            || Commonest.Contains(bare) || Commonest.Contains(word) || IsRepeated(word);
    }

    /// <summary>1234567890, 987654, abcdefgh.</summary>
    private static bool IsARow(string bare) => bare.Length > 1 && (Steps(bare).All(s => s is 1 or -9) || Steps(bare).All(s => s is -1 or 9));
    private static IEnumerable<int> Steps(string bare) => bare.Zip(bare.Skip(1), (one, next) => next - one);

    /// <summary>"passwordpassword", "sun sun sun sun".</summary>
    private static bool IsRepeated(string bare) =>
        Enumerable.Range(1, bare.Length / 2).Any(length => bare.Length % length == 0 && string.Concat(Enumerable.Repeat(bare[..length],
            bare.Length / length)) == bare);

    /// <summary>Different ones, long enough, with anything but letters between them.</summary>
    private static int WordsIn(string folded)
    {
        var words = new HashSet<string>();
        var word = new StringBuilder();
        foreach (var rune in folded.ToLowerInvariant().EnumerateRunes().Append(new Rune(' ')))
            if (Rune.IsLetter(rune) || IsMark(rune)) word.Append(rune.ToString());
            else
            {
                if (Length(word.ToString()) >= LettersOfWord) words.Add(word.ToString());
                word.Clear();
            }
        return words.Count;
    }

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static int Length(string text) => text.EnumerateRunes().Count();

    /// <summary>The commonest passwords of six signs and more, and of the others in the list those of twelve and more: where they come from stands beside the
    /// file.</summary>
    private static readonly Lazy<FrozenSet<string>> Common = new(() =>
    {
        using var list = new StreamReader(typeof(PasswordRule).Assembly.GetManifestResourceStream("commonest-passwords")!);
        return list.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Bare).ToFrozenSet();
    });

    private static FrozenSet<string> Commonest => Common.Value;
}
