using System.Text;

namespace ClassHub.Rosters;

/// <summary>A sheet in an old encoding does not say in which. Where the Western one makes letters that no name has, it is probably another.</summary>
internal static class UnlikelyNames
{
    private static readonly (int Page, string Called)[] Europe = [(1250, "Central European"), (1257, "Baltic"), (1254, "Turkish")];
    private static readonly (int Page, string Called)[] Turkey = [(1254, "Turkish"), (1250, "Central European")];
    private static readonly (int Page, string Called)[] OtherScripts = [(1251, "Cyrillic"), (1253, "Greek")];

    /// <summary>The content with a question and other readings, where there is something to ask.</summary>
    public static RosterContent Ask(RosterContent content, Func<Encoding, RosterContent> readAs)
    {
        var unlikely = content.People.Where(p => IsUnlikely(p.Name)).ToList();
        if (unlikely.Count == 0) return content;
        var pages = unlikely.Count(p => IsAnotherScript(p.Name)) * 2 > unlikely.Count ? OtherScripts
            : unlikely.All(p => p.Name.Any(IsTurkish)) ? Turkey : Europe;
        var others = pages.Select(page => Reading(page.Page, page.Called, unlikely[0].Line, readAs))
            .Where(r => !r.Content.People.Any(p => HasSigns(p.Name))).ToList();
        var more = unlikely.Count > 5 ? $" and {unlikely.Count - 5} more" : "";
        var some = string.Join(", ", unlikely.Take(5).Select(p => $"“{p.Name}” (line {p.Line})"));
        return content with
        {
            Questions = [.. content.Questions,
                $"Some names have letters that are unlikely in names: {some}{more}. Is the file written in another encoding?"],
            Others = others,
        };
    }

    private static RosterReading Reading(int page, string called, int line, Func<Encoding, RosterContent> readAs)
    {
        var content = readAs(CodePagesEncodingProvider.Instance.GetEncoding(page)!);
        return new($"windows-{page}", called, content.People.FirstOrDefault(p => p.Line == line)?.Name ?? "", content);
    }

    private static bool IsUnlikely(string name) =>
        HasSigns(name) || IsAnotherScript(name) || name.Any(c => IsTurkish(c) || c is 'œ' or 'Œ')
        || (name.Contains('ø') && name.Any(c => c is 'á' or 'í' or 'ì' or 'ý' or 'ú'));

    /// <summary>Signs of the upper half that are no letters: "£ukasz".</summary>
    private static bool HasSigns(string name) => name.Any(c => c > '\u007F' && !char.IsLetter(c) && !char.IsSurrogate(c) && !char.IsWhiteSpace(c)
        && c is not ('’' or '‘' or '´' or '\u00B7')
        && char.GetUnicodeCategory(c) is not (System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.DashPunctuation));

    /// <summary>Of four letters or more most are no plain ones: "Èâàíîâ".</summary>
    private static bool IsAnotherScript(string name) =>
        name.Count(char.IsLetter) is >= 4 and var letters && name.Count(c => c is >= 'À' and <= 'ÿ') * 2 > letters;

    /// <summary>What Turkish letters look like in the Western encoding; Icelandic has them too, so it is asked.</summary>
    private static bool IsTurkish(char letter) => letter is 'ð' or 'Ð' or 'þ' or 'Þ' or 'Ý';
}
