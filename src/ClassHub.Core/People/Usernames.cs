using System.Globalization;
using System.Text;
using ClassHub.Database;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.People;

/// <summary>Short names that children can type: forename, first letter of the surname, and a number when it is taken.</summary>
public static class Usernames
{
    public static string Normal(string userName) => Tidy(userName).ToUpperInvariant();

    /// <summary>Letters and digits without accents, dots and hyphens inside, lower case.</summary>
    public static string Tidy(string? typed)
    {
        var tidy = new StringBuilder();
        foreach (var letter in PlainText.Line(typed, 200).Normalize(NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(letter)) tidy.Append(char.ToLowerInvariant(letter));
            else if (letter is '.' or '-' or '_' && tidy.Length > 0) tidy.Append(letter);
            else if (Plain.TryGetValue(letter, out var plain)) tidy.Append(plain);
            else if (char.IsLetter(letter) && CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark) tidy.Append(char.ToLowerInvariant(letter));
        }
        return tidy.ToString().TrimEnd('.', '-', '_');
    }

    private static readonly Dictionary<char, string> Plain = new() { ['ß'] = "ss", ['ø'] = "o", ['Ø'] = "o", ['ł'] = "l", ['Ł'] = "l", ['đ'] = "d", ['Đ'] = "d", ['æ'] = "ae", ['Æ'] = "ae", ['œ'] = "oe", ['ı'] = "i", ['þ'] = "th" };

    /// <summary>"amirah"; pupils with one short name get it doubled out to two letters at least.</summary>
    public static string Suggest(string forename, string surname)
    {
        var first = Tidy(forename.Split(' ', 2)[0]);
        var last = Tidy(surname);
        var name = (first.Length > 20 ? first[..20] : first) + (last.Length > 0 ? last[..1] : "");
        return name.Length >= 2 ? name : (name + "pupil")[..2];
    }

    /// <summary>The suggestion, or the suggestion and the first number nobody has. Takes the name in <paramref name="taken"/>.</summary>
    public static string Free(string wanted, ISet<string> taken)
    {
        var name = Tidy(wanted);
        if (name.Length < 2) name = (name + "pupil")[..2];
        if (name.Length > 26) name = name[..26];
        var free = name;
        for (var number = 2; !taken.Add(free.ToUpperInvariant()); number++) free = name + number.ToString(CultureInfo.InvariantCulture);
        return free;
    }

    /// <summary>All usernames of the school in their normal form.</summary>
    public static async Task<HashSet<string>> TakenUsernamesAsync(this ClassHubDb db, CancellationToken stop) =>
        (await db.Users.Select(a => a.NormalizedUserName!).ToListAsync(stop)).ToHashSet();
}
