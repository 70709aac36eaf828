using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Posts;
using ClassHub.School;
using ClassHub.Tasks;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace ClassHub.Planning;

/// <summary>A whole school day in one go: each line becomes a scheduled post in every chosen class, to be filled with words and files before it goes out.</summary>
public sealed class PlanDay(ClassHubDb db, ComposePost compose, SchoolClock clock)
{
    /// <exception cref="RuleBroken">No line, no class, a line without a title, or times that cannot be.</exception>
    public Task<PlanChange> RunAsync(Viewer teacher, IReadOnlyCollection<int> classIds, DateOnly day, IReadOnlyList<DayLine> lines, CancellationToken stop) => db.WriteAsync(async () =>
    {
        Check(lines);
        if (classIds.Count == 0) throw new RuleBroken("Choose at least one class.", "Classes");
        if (classIds.FirstOrDefault(id => teacher.In(id) is not { IsTeacher: true, IsArchived: false }) is not 0) throw new RuleBroken("Choose classes you teach.", "Classes");
        var items = new List<PlanChangeItem>();
        foreach (var line in lines)
        {
            var at = LocalDate.FromDateOnly(day).At(LocalTime.FromTimeOnly(line.OutAt));
            if (clock.VisibleFrom(at) <= clock.Now) throw new RuleBroken($"“{line.Title}” would go out in the past. Choose a later day or time.", "Day");
            var due = line is { Kind: PostKind.Task, BackBy: { } back } ? LocalDate.FromDateOnly(day).At(LocalTime.FromTimeOnly(back)) : (LocalDateTime?)null;
            var text = new PostText(line.Kind, line.Title, "", null, line.Minutes, [], [], HandInWays.Text | HandInWays.Files, null);
            var dates = new PostDates(GoesOut.Later, at, due, TakesLate: true, null);
            var ids = await compose.RunAsync(teacher, text, [.. classIds.Select(id => new PostTarget(id, true, [], [], dates))], stop);
            var to = new PlannedDates(clock.VisibleFrom(at), null, due is { } typed ? clock.Deadline(typed) : null, null, null, null);
            items.AddRange(ids.Select(id => new PlanChangeItem(id, from: null, to)));
        }
        return await db.RememberAsync(teacher, items, clock.Now, stop);
    }, stop);

    /// <summary>Keeps the lines under a name; the same name again replaces them.</summary>
    /// <exception cref="RuleBroken">No name, no line, or too many plans.</exception>
    public Task KeepAsync(Viewer teacher, string? name, IReadOnlyList<DayLine> lines, CancellationToken stop) => db.WriteAsync(async () =>
    {
        Check(lines);
        var template = new DayTemplate(teacher.PersonId, name, lines);
        db.DayTemplates.RemoveRange(await db.DayTemplates.Where(t => t.OwnerId == teacher.PersonId && t.Name == template.Name).ToListAsync(stop));
        if (await db.DayTemplates.CountAsync(t => t.OwnerId == teacher.PersonId, stop) > DayTemplate.MostOfOneTeacher) throw new RuleBroken($"You have {DayTemplate.MostOfOneTeacher} plans. Take one away first.", "SaveAs");
        db.DayTemplates.Add(template);
        await db.SaveChangesAsync(stop);
    }, stop);

    public Task ForgetAsync(Viewer teacher, int templateId, CancellationToken stop) =>
        db.WriteAsync(() => db.DayTemplates.Where(t => t.Id == templateId && t.OwnerId == teacher.PersonId).ExecuteDeleteAsync(stop), stop);

    private static void Check(IReadOnlyList<DayLine> lines)
    {
        if (lines.Count == 0) throw new RuleBroken("Write at least one line.", "Lines");
        if (lines.Count > DayTemplate.MostLines) throw new RuleBroken($"A day has at most {DayTemplate.MostLines} lines.", "Lines");
        foreach (var line in lines)
        {
            if (line.BackBy <= line.OutAt) throw new RuleBroken($"“{line.Title}” is due before it goes out.", "Lines");
            if (line.Minutes is < 1 or > Post.MostMinutes) throw new RuleBroken($"Minutes go from 1 to {Post.MostMinutes}.", "Lines");
        }
    }
}
