using System.Text.RegularExpressions;
using ClassHub.Media;
using ClassHub.Posts;
using ClassHub.School;
using ClassHub.Tasks;
using ClassHub.Web.Ui;

namespace ClassHub.Web.Pages.Posts;

/// <summary>What a teacher should know before a post goes out, a sentence each; nothing of it stops anybody.</summary>
public sealed partial record ComposeCheck(ComposeView View, IReadOnlyList<ComposeCheck.Line> Lines, int Steps, DateTimeOffset? Due, Written Written)
{
    /// <summary>A line on a slow 3G telephone, in bytes a second.</summary>
    private const long SlowLine = 50_000;

    /// <param name="IsFine">Else it wants a second look.</param>
    /// <param name="Address">Where it can be mended.</param>
    public sealed record Line(bool IsFine, string Words, string? When = null, string? Address = null);

    public static ComposeCheck Of(ComposeView view, SchoolClock clock, Times times)
    {
        var form = view.Form;
        var (at, due) = (view.IsOut ? null : Instant(form.At, clock.VisibleFrom, clock), form.Kind == PostKind.Task ? Instant(form.Due, clock.Deadline, clock) : null);
        var steps = form.Kind == PostKind.Task ? TaskSteps.Of(form.Body ?? "", WritingRules.Second).Count : 0;
        // As it will be saved, and made by what shows it to pupils.
        var body = PlainText.Lines(form.Body, Post.LongestBody).TrimEnd();
        var written = new Written(body, WritingRules.Second, MakeFormulae.Of(body, out var unread))
        {
            Pictures = Attached.PicturesOf(view.Files, savesData: false),
        };
        return new(view, view.IsOut ? [.. Words()] : [.. Time(), .. Words(), Readers(), .. Families()], steps, due, written);

        IEnumerable<Line> Time()
        {
            if (at is { } goes) yield return new(goes > clock.Now && IsSchoolTime(goes), goes <= clock.Now ? "That time has passed. It would go out at once:" : IsSchoolTime(goes) ? "Schedule sends it out" : "Goes out at an odd time for a pupil:", times.Words(goes));
            if (form.Kind != PostKind.Task) yield break;
            if (due is not { } by) yield return new(false, "No deadline, so nobody is reminded.");
            else if (by <= clock.Now || by <= at) yield return new(false, by <= clock.Now ? "The deadline has passed:" : "It is due before it goes out:", times.Words(by));
            else yield return new(IsSchoolTime(by), IsSchoolTime(by) ? "Hand in by" : "A deadline at an odd time for a pupil:", times.Words(by));
        }

        IEnumerable<Line> Words()
        {
            if (string.IsNullOrWhiteSpace(form.Title)) yield return new(false, "It has no title yet.");
            foreach (var formula in unread.Take(10))
                yield return new(false, $"“${PlainText.Line(formula, 60)}$” cannot be read as a formula and stays as you typed it.");
            if (form.Kind == PostKind.Task && steps == 0 && LoneNumber().IsMatch(body))
                yield return new(false, "“1.” alone is no step to tick: write a “2.” below it.");
            if (steps > 0) yield return new(true, $"{Times.Count(steps, "step")} to tick.");
            // Of what is still on the teacher's device the smallest versions are not made yet, so the browser says what they will be.
            var chosen = Math.Max(0, form.ChosenBytes);
            var (full, smallest) = (view.Files.Sum(f => f.Rungs.Full) + chosen, view.Files.Sum(f => f.Rungs.Smallest) + Math.Clamp(form.ChosenSmallest ?? chosen, 0, chosen));
            if (full > 0) yield return new(smallest < 20 * SlowLine, $"{Sizes.InWords(full)} in all: about {Seconds(full / SlowLine)} on slow 3G.{(smallest < full ? $" In the smallest versions {(chosen > 0 ? "about " : "")}{Sizes.InWords(smallest)}: {Seconds(smallest / SlowLine)}." : "")}");
            foreach (var file in view.Files.Where(f => f.Rungs.IsPrepared && f.Rungs.Smallest >= Rungs.Small))
                yield return new(false, $"“{file.Name}” has no version under {Sizes.InWords(Rungs.Small)}. The smallest is {Sizes.InWords(file.Rungs.Smallest)}.");
            foreach (var name in form.ChosenLarge.Take(10)) yield return new(false, $"“{PlainText.Line(name, 80)}” will have no version under {Sizes.InWords(Rungs.Small)}.");
            if (view.Words is { } words) yield return new(false, words.Sentence, Address: words.Address);
        }

        IEnumerable<Line> Families()
        {
            if (view.Families is { } families) yield return new(true, $"By e-mail it reaches {Times.Count(families.Guardians, "guardian")}", times.Within(families.NextAfter(at ?? clock.Now, clock)) + ".");
        }

        Line Readers()
        {
            var some = form.Groups.Count + form.Pupils.Count;
            var others = form.Also.Count(a => a.Chosen);
            return form.ForAll ? new(view.Pupils.Count > 0, $"For all {Times.Count(view.Pupils.Count, "pupil")}{(others > 0 ? $", and for {Times.Count(others, "other class", "other classes")}" : "")}.")
                : new(some > 0, some == 0 ? "Choose at least one group or pupil." : "For " + string.Join(" and ", new[] { form.Groups.Count > 0 ? Times.Count(form.Groups.Count, "group") : "", form.Pupils.Count > 0 ? Times.Count(form.Pupils.Count, "pupil") : "" }.Where(w => w != "")) + ".");
        }

        bool IsSchoolTime(DateTimeOffset moment) => !clock.IsQuiet(moment) && clock.IsSchoolDay(clock.DateOf(moment));
    }

    private static DateTimeOffset? Instant(string? typed, Func<NodaTime.LocalDateTime, DateTimeOffset> resolve, SchoolClock clock)
    {
        try { return clock.Typed(typed, "") is { } local ? resolve(local) : null; }
        catch (RuleBroken) { return null; }
    }

    [GeneratedRegex(@"^ *1[.)] +\S", RegexOptions.Multiline, 1000)]
    private static partial Regex LoneNumber();

    private static string Seconds(long seconds) => seconds < 90 ? Times.Count((int)Math.Max(1, seconds), "second") : Times.Count((int)Math.Min(600, (seconds + 30) / 60), "minute");
}
