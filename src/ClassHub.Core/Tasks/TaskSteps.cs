using System.Text.RegularExpressions;

namespace ClassHub.Tasks;

/// <summary>Each numbered line of a task's text is a step that a pupil can tick; the rest is explanation.</summary>
public static partial class TaskSteps
{
    public const int Most = 30;

    public static (string Explanation, IReadOnlyList<string> Steps) Split(string body)
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

    [GeneratedRegex(@"^ {0,3}\d{1,3}[.)]\s+(\S.*)$", RegexOptions.None, 200)]
    private static partial Regex Numbered();
}
