using System.Globalization;
using MimeKit;

namespace ClassHub.Notifications;

/// <summary>One e-mail address, judged by the parser that sends.</summary>
public static class EmailAddress
{
    public const int Longest = 200;
    private const int LongestName = 64;
    private const string NotInAnAddress = ",;<>\"()[]\\";

    /// <summary>Small letters, no blanks, the host as mail servers write it (“xn--…”); none when nothing can be sent there.</summary>
    public static string? Normal(string? typed)
    {
        var line = PlainText.Line(typed, Longest + 1).ToLowerInvariant();
        var at = line.IndexOf('@', StringComparison.Ordinal);
        if (at is < 1 or > LongestName || at != line.LastIndexOf('@') || line.IndexOf('.', at) < at + 2 || line.EndsWith('.') || !line[..at]
            .All(char.IsAscii)) return null;
        if (line.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || NotInAnAddress.Contains(c, StringComparison.Ordinal))) return null;
        try
        {
            var address = line[..(at + 1)] + new IdnMapping().GetAscii(line[(at + 1)..]);
            return address.Length <= Longest && new MailboxAddress("", address).GetAddress(idnEncode: true) == address ? address : null;
        }
        catch (Exception wrong) when (wrong is ParseException or ArgumentException) { return null; }
    }

    /// <exception cref="RuleBroken">Nothing can be sent there.</exception>
    public static string Of(string? typed) => Normal(typed) ?? throw new RuleBroken(PlainText.Line(typed, Longest).Split('@')[0].All(char.IsAscii)
        ? "Write the e-mail address like sofia@example.org."
        : "Before the @ ClassHub can only write to the letters a to z, digits and signs: many mail servers carry no others. Ask for another address.", "Email");
}
