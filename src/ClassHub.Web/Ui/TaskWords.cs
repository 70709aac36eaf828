using ClassHub.Marking;
using ClassHub.Posts;
using ClassHub.Submissions;
using ClassHub.Tasks;
using Microsoft.AspNetCore.Html;

namespace ClassHub.Web.Ui;

/// <summary>States and results in words with their symbol, the same on every page.</summary>
public static class TaskWords
{
    public static string Of(Result result) =>
        result switch { Result.GotIt => "Got it", Result.NearlyThere => "Nearly there", Result.NotYet => "Not yet", Result.TryAgain => "Try again" };
    public static string IconOf(Result result) =>
        result switch { Result.GotIt => "star", Result.NearlyThere => "sprout", Result.NotYet => "circle-dashed", Result.TryAgain => "undo-2" };

    /// <summary>The look of its chip.</summary>
    public static string ToneOf(Result result) =>
        result switch { Result.GotIt => "good", Result.TryAgain => "warn", Result.NearlyThere or Result.NotYet => "info" };

    public static string Of(PostKind kind) => kind.ToString();
    public static string IconOf(PostKind kind) =>
        kind switch { PostKind.Task => "list-checks", PostKind.Material => "book-open", PostKind.Notice => "message-circle" };

    public static string Of(OfflineGrace grace) => grace switch
    {
        OfflineGrace.NextMorning => "On time if it arrives by the next school morning",
        OfflineGrace.Week => "On time if it arrives within a week",
        OfflineGrace.None => "Late if it arrives after the deadline",
    };

    /// <summary>"Photo, file or typing" as the pupil reads it.</summary>
    public static string Of(HandInWays ways) => ways switch
    {
        HandInWays.Text => "Type it.",
        HandInWays.Files => "A photo or a file.",
        HandInWays.Text | HandInWays.Files => "Type it, a photo or a file.",
        HandInWays.OnPaper => "On paper.",
    };

    /// <summary>Where a pupil's work stands: chip with symbol and words.</summary>
    public static IHtmlContent Chip(Standing standing, Result? result) => standing.State switch
    {
        WorkState.TryAgain => Chip("warn", "undo-2", "Try again"),
        WorkState.Returned => result is { } how ? Chip(how == Result.GotIt ? "good" : "info", IconOf(how), Of(how)) : Chip("good", "check", "Given back"),
        WorkState.HandedIn => Chip(standing.IsLate ? "warn" : "good", "check", standing.IsLate ? "Handed in late" : "Handed in"),
        WorkState.Excused => Chip("line", "check", "Excused"),
        WorkState.NotStarted or WorkState.Started when standing.IsMissing => Chip("bad", "triangle-alert", standing.IsClosed ? "Missing, closed" : "Missing"),
        WorkState.Started => Chip("info", "pencil", "Started"),
        WorkState.NotStarted => Chip("line", "circle", "Not started"),
    };

    /// <param name="at">The instant of which the words tell.</param>
    public static IHtmlContent Chip(string look, string icon, string words, DateTimeOffset? at = null) =>
        new HtmlString($"""<span class="chip {look}">{IconBefore(icon)}{(at is { } moment ? Times.Said(moment, words).Value : words)}</span>""");

    private static string IconBefore(string icon) =>
        icon == "circle" ? "" : $"""<svg class="i" aria-hidden="true"><use href="/icons.svg#{icon}"></use></svg>""";
}
