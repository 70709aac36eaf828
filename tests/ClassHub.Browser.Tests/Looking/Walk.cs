using System.Text.RegularExpressions;
using ClassHub.Browser.Tests.TheSite;

namespace ClassHub.Browser.Tests.Looking;

/// <summary>Goes through the site from link to link and sees each kind of page, some kinds in several states.</summary>
public sealed partial class Walk(Device device, string server, bool states)
{
    private readonly Dictionary<string, int> seen = [];

    /// <summary>The kinds of pages met: "/classes/n/work".</summary>
    public IReadOnlyCollection<string> Kinds => seen.Keys;

    /// <param name="wanted">Kinds that must be met. What is due changes with the hour, so the first task may not be the one that leads there: the others are looked at until one does.</param>
    public async Task EveryPageAsync(IEnumerable<string> from, IReadOnlyCollection<string> wanted, Func<string, Task> look)
    {
        var waiting = new Queue<string>(from);
        var left = new Queue<string>();
        var met = new HashSet<string>();
        while (waiting.Count > 0 || (left.Count > 0 && wanted.Except(seen.Keys).Any()))
        {
            var another = waiting.Count == 0;
            var address = another ? left.Dequeue() : waiting.Dequeue();
            var kind = KindOf(address);
            if (!another && seen.GetValueOrDefault(kind) >= MostOf(kind))
            {
                if (kind is "/classes/n/tasks/n" or "/classes/n/posts/n") left.Enqueue(address);
                continue;
            }
            if (!met.Add(address)) continue;
            seen[kind] = seen.GetValueOrDefault(kind) + 1;
            await device.Page.GotoAsync(address);
            await look(address);
            foreach (var link in await device.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('a[href]:not([download])')].map(link => link.href.split('#')[0])"))
                if (link.StartsWith(server + "/", StringComparison.Ordinal) && !NoPage().IsMatch(link)) waiting.Enqueue(link[server.Length..]);
        }
    }

    /// <summary>A task looks different in each of its states, so many are looked at; of most pages one is as good as another.</summary>
    private int MostOf(string kind) => !states ? 1 : kind switch { "/classes/n/tasks/n" => 12, "/classes/n/posts/n" => 3, "/classes/n" => 2, _ => 1 };

    /// <summary>Of the queries only the one that shows something else makes another kind: the next page of a list looks like the first.</summary>
    private static string KindOf(string address)
    {
        var parts = address.Split('?', 2);
        var path = Receipt().Replace(FileName().Replace(Number().Replace(parts[0], "n"), "/files/x/"), "/receipt/x");
        return parts.Length == 2 && parts[1].StartsWith("show=", StringComparison.Ordinal) ? path + "?show" : path;
    }

    [GeneratedRegex(@"(?<=/)\d+(?=/|$)")]
    private static partial Regex Number();

    [GeneratedRegex("/files/[0-9a-f]{32}/")]
    private static partial Regex FileName();

    [GeneratedRegex("/receipt/.*$")]
    private static partial Regex Receipt();

    [GeneratedRegex("/files/[^/]+$|/examples/")]
    private static partial Regex NoPage();
}
