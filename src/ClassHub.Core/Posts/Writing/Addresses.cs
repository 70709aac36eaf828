using System.Text.RegularExpressions;

namespace ClassHub.Posts;

/// <summary>Addresses of the web and of mail in what was typed.</summary>
internal static partial class Addresses
{
    public sealed record Found(int At, int Length, string Href);

    /// <summary>All that stand in a text by themselves, in their order.</summary>
    public static IEnumerable<Found> In(string text)
    {
        foreach (Match match in Bare().Matches(text))
        {
            var length = match.Groups["mail"].Success ? match.Length : LengthOf(match.ValueSpan);
            if (Href(match.Value[..length]) is { } href) yield return new(match.Index, length, href);
        }
    }

    /// <summary>Where a link leads; none when it is not to the web or a mailbox.</summary>
    public static string? Href(string typed)
    {
        var address = Mail().IsMatch(typed) ? "mailto:" + typed
            : typed.StartsWith("www.", StringComparison.OrdinalIgnoreCase) || typed.StartsWith("youtu.be/", StringComparison.OrdinalIgnoreCase) ? "https://" + typed
            : typed;
        if (!Uri.TryCreate(address, UriKind.Absolute, out var to)) return null;
        return to.Scheme switch
        {
            "http" or "https" when to.UserInfo == "" && to.Host.Length > 0 && address.Contains("://", StringComparison.Ordinal) => to.AbsoluteUri,
            "mailto" when Mail().IsMatch(address["mailto:".Length..].Split('?')[0]) => to.AbsoluteUri,
            _ => null,
        };
    }

    /// <summary>Without the signs of the sentence around it: its full stop, the bracket that closes one before it,
    /// the words of a script that leaves no blanks.</summary>
    private static int LengthOf(ReadOnlySpan<char> address)
    {
        for (var at = 0; at < address.Length; at++) if (Scripts.LeavesNoBlanks(address[at])) { address = address[..at]; break; }
        while (address.Length > 0 && (".,:;!?'*_~…|".Contains(address[^1], StringComparison.Ordinal)
            || (address[^1] == ')' && address.Count(')') > address.Count('('))
            || (address[^1] == ']' && address.Count(']') > address.Count('[')))) address = address[..^1];
        return address.Length;
    }

    [GeneratedRegex(@"(?<![A-Za-z0-9_@./-])(?:https?://|www\.|youtu\.be/)[^\s<>""“”«»„‘`\\]{1,2000}"
        + @"|(?<![A-Za-z0-9._%+@/-])(?<mail>[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,20})(?![A-Za-z0-9@])",
        RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Bare();
    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,20}$", RegexOptions.None, 1000)]
    private static partial Regex Mail();
}

internal static class Scripts
{
    /// <summary>Thai, Lao, Burmese, Khmer, Chinese, Japanese and Korean signs, whose words stand beside others without a blank.</summary>
    public static bool LeavesNoBlanks(char sign) => sign is
        (>= '\u0E00' and <= '\u0EFF') or (>= '\u1000' and <= '\u109F') or (>= '\u1100' and <= '\u11FF')
        or (>= '\u1780' and <= '\u17FF')
        or (>= '\u2E80' and <= '\uA4CF') or (>= '\uA960' and <= '\uA97F') or (>= '\uAC00' and <= '\uD7FF')
        or (>= '\uD840' and <= '\uD88F') or (>= '\uF900' and <= '\uFAFF') or (>= '\uFE30' and <= '\uFE4F') or (>= '\uFF00' and <= '\uFFEF');
}
