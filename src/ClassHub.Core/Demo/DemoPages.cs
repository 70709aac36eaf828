using System.Globalization;
using System.Text.RegularExpressions;
using ClassHub.Marking;
using ClassHub.Posts;
using ClassHub.Tasks;

namespace ClassHub.Demo;

/// <summary>What a pupil hands in, and what the teacher answers.</summary>
internal sealed record DemoAnswer(string Text, IReadOnlyList<string> Files, Result? Result, string? Comment);

/// <summary>One pupil's own story with a task: "amira: ticks 1 2".</summary>
internal sealed record DemoStory(string UserName, string Kind, string Rest, DemoAnswer? Answer);

/// <summary>One post as it is written in the demo folder.</summary>
internal sealed record DemoPost(PostKind Kind, string Title, IReadOnlyDictionary<string, string> Facts, string Body, IReadOnlyList<DemoAnswer> Answers, IReadOnlyList<DemoStory> Stories)
{
    public string? Fact(string name) => Facts.GetValueOrDefault(name);
    public int? Number(string name) => Fact(name) is { } digits ? int.Parse(digits, CultureInfo.InvariantCulture) : null;
    public bool Has(string name) => Facts.ContainsKey(name);
    public string[] Words(string name) => Fact(name)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    public HandInWays Ways => Words("asks") is { Length: > 0 } ways
        ? ways.Aggregate(HandInWays.OnPaper, (all, way) => all | (way switch { "text" => HandInWays.Text, "files" => HandInWays.Files, _ => HandInWays.OnPaper }))
        : HandInWays.Text;
}

/// <summary>One class of the demo folder: a file in Markdown, written to be read and added to by people.</summary>
internal sealed partial record DemoPages(string ClassName, IReadOnlyList<DemoPost> Posts)
{
    public static DemoPages Read(string text)
    {
        var parts = text.ReplaceLineEndings("\n").Split("\n## ");
        return new(parts[0].Trim().TrimStart('#', ' '), [.. parts.Skip(1).Select(Post)]);
    }

    private static DemoPost Post(string text)
    {
        var sections = text.Split("\n### ");
        var (head, body) = Cut(sections[0], "\n\n");
        var lines = head.Split('\n');
        var (kind, title) = Cut(lines[0], ":");
        var facts = lines.Skip(1).Where(l => l.Length > 2).Select(l => Cut(l[2..], ":")).ToDictionary(f => f.Before, f => f.After);
        return new(Enum.Parse<PostKind>(kind), title, facts, body, [.. Listed("Answers").Select(Answer)], [.. Listed("Pupils").Select(Story)]);

        IEnumerable<string> Listed(string name) => sections.Skip(1).Where(s => s.StartsWith(name, StringComparison.Ordinal))
            .SelectMany(s => s.Split('\n').Where(l => l.StartsWith("- ", StringComparison.Ordinal)).Select(l => l[2..]));
    }

    /// <summary>"[page.jpg] What it says // Got it: What the teacher answers"</summary>
    private static DemoAnswer Answer(string line)
    {
        var (words, mark) = Cut(line, "//");
        var (result, comment) = Cut(mark, ":");
        var how = result switch { "Got it" => Result.GotIt, "Nearly there" => Result.NearlyThere, "Not yet" => Result.NotYet, "Try again" => Result.TryAgain, _ => (Result?)null };
        return new(Files().Replace(words, "").Trim(), [.. Files().Matches(words).Select(m => m.Groups[1].Value)], how, comment);
    }

    /// <summary>"amira: draft // What she wrote so far"</summary>
    private static DemoStory Story(string line)
    {
        var (head, answer) = Cut(line, "//");
        var (who, what) = Cut(head, ":");
        var (kind, rest) = Cut(what, " ");
        return new(who, kind, rest, answer == "" ? null : Answer(answer));
    }

    private static (string Before, string After) Cut(string text, string at) =>
        text.IndexOf(at, StringComparison.Ordinal) is var place and >= 0 ? (text[..place].Trim(), text[(place + at.Length)..].Trim()) : (text.Trim(), "");

    [GeneratedRegex(@"\[([\w.-]+)\]", RegexOptions.None, 5000)]
    private static partial Regex Files();
}
