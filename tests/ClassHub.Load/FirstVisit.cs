using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ClassHub.Load.Driving;
using ClassHub.Load.Seeding;

namespace ClassHub.Load;

/// <summary>What a pupil's phone fetches when it sees Today for the first time, as published: HTML, styles and scripts with Brotli. The font and the icons are not counted.</summary>
public static partial class FirstVisit
{
    [GeneratedRegex("(?:<link rel=\"stylesheet\" href|<link rel=\"modulepreload\" href|<script type=\"module\" src)=\"([^\"]+)\"")] private static partial Regex Linked();

    public static string Of(int port, Session pupil)
    {
        using var connection = new Connection(port);
        var plain = Encoding.UTF8.GetString(connection.AskAll(Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\nCookie: {pupil.Cookie}\r\n\r\n")).Body);
        var html = connection.AskAll(Requests.Get("/", pupil));
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"| what | bytes, body | bytes with headers |\n|-|-:|-:|\n| Today, HTML ({html.Header("Content-Encoding") ?? "not compressed"}) | {html.Body.Length} | {html.Bytes} |\n");
        var (bodies, all, requests) = (html.Body.Length, html.Bytes, 1);
        foreach (var path in Linked().Matches(plain).Select(m => m.Groups[1].Value).Distinct())
        {
            var file = connection.AskAll(Requests.Get(path, pupil));
            text.Append(CultureInfo.InvariantCulture, $"| {path} ({file.Header("Content-Encoding") ?? "not compressed"}) | {file.Body.Length} | {file.Bytes} |\n");
            (bodies, all, requests) = (bodies + file.Body.Length, all + file.Bytes, requests + 1);
        }
        return text.Append(CultureInfo.InvariantCulture, $"| **first visit, {requests} requests** | **{bodies}** | **{all}** |\n| **later visits, HTML only** | **{html.Body.Length}** | **{html.Bytes}** |\n").ToString();
    }
}
