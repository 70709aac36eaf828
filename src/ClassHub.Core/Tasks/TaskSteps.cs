using System.Text.RegularExpressions;
using ClassHub.Posts;

namespace ClassHub.Tasks;

/// <summary>A stretch of a task's text in its place: prose, or a list of steps to tick.</summary>
/// <param name="Html">Empty where steps stand.</param>
public sealed record TaskPart(string Html, IReadOnlyList<TaskStep> Steps);

/// <summary>One step as safe HTML: the words beside its box, and what was indented below them.</summary>
public sealed record TaskStep(string Words, string Below);

/// <summary>Each item of a task's numbered lists is a step that a pupil can tick; the rest explains, and stays where it stands.</summary>
public static partial class TaskSteps
{
    public const int Most = 30;

    /// <summary>The words of each step as typed, by which it is known when the text changes.</summary>
    public static IReadOnlyList<string> Of(string body, WritingRules rules) => rules switch
    {
        WritingRules.First => FirstSplit(body).Steps,
        WritingRules.Second => [.. ReadBlocks.Of(body).Where(IsSteps).SelectMany(b => ((ItemList)b).Items).Take(Most).Select(i => i.Typed)],
    };

    /// <summary>The whole text in its order.</summary>
    public static IReadOnlyList<TaskPart> Parts(Written written) => written.Rules switch
    {
        WritingRules.First => FirstParts(written.Text),
        WritingRules.Second => Parts(ReadBlocks.Of(written.Text), written),
    };

    private static List<TaskPart> Parts(IReadOnlyList<Block> blocks, Written written)
    {
        var (parts, prose, left) = (new List<TaskPart>(), new List<Block>(), Most);
        foreach (var block in blocks)
        {
            if (!IsSteps(block) || left == 0) { prose.Add(block); continue; }
            EndProse();
            var list = (ItemList)block;
            parts.Add(new("", [.. list.Items.Take(left).Select((item, n) => Step(item, list.First!.Value + n, written))]));
            // What is more than a pupil can tick is read all the same.
            if (list.Items.Count > left) prose.Add(new ItemList(list.First + left, [.. list.Items.Skip(left)]));
            left -= Math.Min(left, list.Items.Count);
        }
        EndProse();
        return parts;

        void EndProse()
        {
            if (prose.Count > 0) parts.Add(new(SafeHtml.Of(WriteBlocks.ToHtml(prose, written)), []));
            prose.Clear();
        }
    }

    private static bool IsSteps(Block block) => block is ItemList { First: not null };

    private static TaskStep Step(Item item, int number, Written written) => item.Blocks is [Paragraph words, .. var below]
        ? new(SafeHtml.Of(Inlines.ToHtml(words.Text, written)), SafeHtml.Of(WriteBlocks.ToHtml(below, written)))
        : new($"Step {number}", SafeHtml.Of(WriteBlocks.ToHtml(item.Blocks, written)));

    private static List<TaskPart> FirstParts(string body)
    {
        var (explanation, steps) = FirstSplit(body);
        var parts = new List<TaskPart>();
        if (explanation != "") parts.Add(new(FirstMarkdown.ToHtml(explanation), []));
        if (steps.Count > 0) parts.Add(new("", [.. steps.Select(s => new TaskStep(FirstMarkdown.LineToHtml(s), ""))]));
        return parts;
    }

    /// <summary>Until November 2026 every numbered line was a step, and stood below the rest.</summary>
    private static (string Explanation, IReadOnlyList<string> Steps) FirstSplit(string body)
    {
        var steps = new List<string>();
        var rest = new List<string>();
        var fenced = false;
        foreach (var line in body.Split('\n'))
        {
            if (line.TrimStart().StartsWith("```", StringComparison.Ordinal)) fenced = !fenced;
            if (!fenced && steps.Count < Most && Numbered().Match(line) is { Success: true } step) steps.Add(step.Groups[1].Value.Trim());
            else rest.Add(line);
        }
        return (string.Join('\n', rest).Trim(), steps);
    }

    [GeneratedRegex(@"^ {0,3}\d{1,3}[.)]\s+(\S.*)$", RegexOptions.None, 5000)]
    private static partial Regex Numbered();
}
