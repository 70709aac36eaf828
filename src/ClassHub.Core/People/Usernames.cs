using System.Globalization;
using System.Text;
using ClassHub.Database;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.People;

/// <summary>Short names that children can type on any keyboard, a to z and digits: forename, first letter of the surname, a number when it is taken.</summary>
public static class Usernames
{
    public const int Shortest = 2, Longest = 30;

    /// <summary>For those whose letters have none in a to z.</summary>
    private static readonly string[] Words = ("apple bear boat cloud coral daisy eagle fern fox hazel heron kite lark lemon lily maple moon olive otter owl "
        + "panda pearl plum river robin star tiger tulip whale wren").Split(' ');

    public static string Normal(string userName) => Tidy(userName).ToUpperInvariant();

    /// <summary>As usernames were kept before they were a to z and digits only: whoever has such a one signs in with it as ever.</summary>
    public static string NormalBefore(string? userName)
    {
        var tidy = new StringBuilder();
        foreach (var letter in PlainText.Line(userName, 200).Normalize(NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(letter)) tidy.Append(char.ToLowerInvariant(letter));
            else if (letter is '.' or '-' or '_' && tidy.Length > 0) tidy.Append(letter);
            else if (Plain.TryGetValue(letter, out var plain)) tidy.Append(plain);
            else if (char.IsLetter(letter) && CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark) tidy.Append(char.ToLowerInvariant(letter));
        }
        return tidy.ToString().TrimEnd('.', '-', '_').ToUpperInvariant();
    }

    private static readonly Dictionary<char, string> Plain =
        "ß ss ø o Ø o ł l Ł l đ d Đ d æ ae Æ ae œ oe ı i þ th".Split(' ').Chunk(2).ToDictionary(pair => pair[0][0], pair => pair[1]);

    /// <summary>Letters in a to z and digits, and nothing else.</summary>
    public static string Tidy(string? typed) => string.Concat(Fold.Plain(PlainText.Line(typed, 1_000)).Select(Romanised.Of));

    /// <summary>The account of this username, as it is now or was typed before.</summary>
    public static async Task<Account?> FindAccountAsync(this IQueryable<Account> accounts, string? typed, CancellationToken stop)
    {
        var (name, before) = (Normal(typed ?? ""), NormalBefore(typed));
        if (name == "" && before == "") return null;
        var found = await accounts.Where(a => a.NormalizedUserName == name || a.NormalizedUserName == before).OrderBy(a => a.Id).ToListAsync(stop);
        return found.Find(a => a.NormalizedUserName == before) ?? found.FirstOrDefault();
    }

    /// <summary>"amirah"; a word and a number where no letter of the name has one in a to z.</summary>
    public static string Suggest(string forename, string surname)
    {
        var first = Tidy(forename.Split(' ', 2)[0]);
        var last = Tidy(surname);
        if (first == "") (first, last) = (last, "");
        if (first == "") return WordFor(forename + surname);
        var name = (first.Length > 20 ? first[..20] : first) + (last.Length > 0 ? last[..1] : "");
        return name.Length >= Shortest ? name : (name + "pupil")[..Shortest];
    }

    /// <summary>The same for the same name, so that a preview and what follows from it do not differ.</summary>
    private static string WordFor(string name)
    {
        var number = name.Aggregate(17u, (sum, letter) => unchecked(sum * 31 + letter));
        return Words[number % (uint)Words.Length] + (10 + number / (uint)Words.Length % 90).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The suggestion, or the suggestion and the first number nobody has. Takes the name in <paramref name="taken"/>.</summary>
    public static string Free(string wanted, ISet<string> taken)
    {
        var name = Tidy(wanted);
        if (name.Length < Shortest) name = (name + "pupil")[..Shortest];
        if (name.Length > 26) name = name[..26];
        var free = name;
        for (var number = 2; !taken.Add(free.ToUpperInvariant()); number++) free = name + number.ToString(CultureInfo.InvariantCulture);
        return free;
    }

    /// <summary>All usernames of the school in their normal form.</summary>
    public static async Task<HashSet<string>> TakenUsernamesAsync(this ClassHubDb db, CancellationToken stop) =>
        (await db.Users.Select(a => a.NormalizedUserName!).ToListAsync(stop)).ToHashSet();
}
