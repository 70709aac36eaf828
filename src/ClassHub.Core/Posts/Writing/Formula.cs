using System.Net;
using System.Text.Json;

namespace ClassHub.Posts;

/// <summary>A formula between two dollars, as typed and as shown.</summary>
internal static class Formula
{
    public const int Longest = 500;
    public const string Class = "sum", WordsClass = "sum-words";

    /// <param name="Words">“3/4”: for readers, and for browsers that cannot draw it.</param>
    public sealed record Made(string MathMl, string Words);

    /// <summary>What stands between the dollar at this place and the one that closes it.
    /// A dollar opens before a sign and closes after one and not before a number, so that “$5 and $10” are prices.</summary>
    public static string? At(string text, int at)
    {
        if (at + 2 >= text.Length || char.IsWhiteSpace(text[at + 1]) || text[at + 1] == '$'
            || (at > 0 && (char.IsLetterOrDigit(text[at - 1]) || text[at - 1] == '$'))) return null;
        for (var end = at + 2; end < text.Length && end - at <= Longest + 1 && text[end] != '\n'; end++)
        {
            if (text[end] == '\\') end++;
            else if (text[end] == '$')
                return !char.IsWhiteSpace(text[end - 1]) && (end + 1 >= text.Length || !char.IsAsciiDigit(text[end + 1])) ? text[(at + 1)..end] : null;
        }
        return null;
    }

    /// <summary>One that could not be made stays as it was typed.</summary>
    public static string ToHtml(string typed, string? kept) => Read(kept).TryGetValue(typed, out var made)
        ? $"<span class=\"{Class}\">{made.MathMl}<span class=\"{WordsClass}\">{WebUtility.HtmlEncode(made.Words)}</span></span>"
        : WebUtility.HtmlEncode($"${typed}$");

    public static string Keep(IReadOnlyDictionary<string, Made> made) => JsonSerializer.Serialize(made);

    private static Dictionary<string, Made> Read(string? kept) => kept is null ? [] : JsonSerializer.Deserialize<Dictionary<string, Made>>(kept)!;
}
