using System.Text;
using System.Text.RegularExpressions;
using ClassHub.Load.Seeding;

namespace ClassHub.Load.Driving;

/// <summary>Requests as a phone's browser sends them, made before measuring.</summary>
public static partial class Requests
{
    public static byte[] Get(string path, Session? as_, string extra = "") => Encoding.ASCII.GetBytes(
        $"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\nAccept-Encoding: gzip, deflate, br\r\n{(as_ is null ? "" : $"Cookie: {as_.Cookie}\r\n")}{extra}\r\n");

    /// <summary>The page again, with the version that the browser holds.</summary>
    public static byte[] GetAgain(Connection connection, string path, Session session)
    {
        var tag = connection.AskAll(Get(path, session)).Header("ETag") ?? throw new InvalidOperationException($"{path} has no version.");
        return Get(path, session, $"If-None-Match: {tag}\r\n");
    }

    [GeneratedRegex("name=\"_form\" type=\"hidden\" value=\"([^\"]+)\"")] private static partial Regex Token();
    [GeneratedRegex("/classes/(\\d+)/tasks/(\\d+)\"")] private static partial Regex TaskLink();

    /// <summary>What the browser has after opening the first task of Today: its address, the form's token and the cookie that goes with it.</summary>
    public static HandInForm? OpenTask(Connection connection, Session session)
    {
        var plain = new Func<string, byte[]>(path => Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\nCookie: {session.Cookie}\r\n\r\n"));
        foreach (Match link in TaskLink().Matches(Encoding.UTF8.GetString(connection.AskAll(plain("/")).Body)))
        {
            var path = link.Value[..^1];
            var page = connection.AskAll(plain(path));
            var html = Encoding.UTF8.GetString(page.Body);
            if (html.Contains("name=\"Key\"", StringComparison.Ordinal) && page.Header("Set-Cookie")?.Split(';')[0] is { } cookie)
                return new(session, path, cookie, Token().Match(html).Groups[1].Value);
        }
        return null;
    }
}

public sealed record HandInForm(Session Session, string TaskPath, string FormCookie, string Token)
{
    /// <summary>One press of "Hand in", as the browser sends the form; its key is new each time, so each makes a version.</summary>
    public byte[] Press()
    {
        const string Line = "----load";
        var body = new StringBuilder();
        foreach (var (name, value) in new[] { ("Key", RandomKey.Hex()), ("DraftVersion", "0"), ("Text", "Three quarters is the same as six eighths, because the whole was cut into twice as many pieces. " + Random.Shared.Next()), ("_form", Token) })
            body.Append($"--{Line}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.Append($"--{Line}--\r\n");
        return Encoding.ASCII.GetBytes($"POST {TaskPath}/hand-in HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\nAccept-Encoding: gzip, deflate, br\r\nSec-Fetch-Site: same-origin\r\nCookie: {Session.Cookie}; {FormCookie}\r\nContent-Type: multipart/form-data; boundary={Line}\r\nContent-Length: {body.Length}\r\n\r\n{body}");
    }
}
