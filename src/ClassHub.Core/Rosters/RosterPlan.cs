using System.Security.Cryptography;
using System.Text;
using ClassHub.Classes;

namespace ClassHub.Rosters;

/// <summary>One thing that would change. Nothing has changed yet.</summary>
/// <param name="Id">The same for the same change, however often the plan is made.</param>
/// <param name="Who">The person's name; empty when the change is about a class alone.</param>
/// <param name="Where">The class's name, when there is one.</param>
public sealed record PlannedChange(string Id, RosterChangeKind Kind, int? PersonId, int? ClassId, string Who, string Where, string? Before, string? After)
{
    /// <summary>Takes something away from somebody: only done when ticked.</summary>
    public bool IsRemoval => Kind is RosterChangeKind.MemberLeaves or RosterChangeKind.PersonLeaves;
    /// <summary>A pupil comes into a class that is here already, and may owe what is open there.</summary>
    public bool IsNewcomer => Kind == RosterChangeKind.MemberJoins && After == Seat.Pupil && ClassId is not null;
    internal RosterPerson? Person { get; init; }
    internal RosterClass? Class { get; init; }
    /// <summary>For a seat: the person and class of the file, where they are new here.</summary>
    internal string? PersonKey { get; init; }
    internal string? ClassKey { get; init; }
}

/// <summary>What the office ticked: which removals, whether people who come back are switched on again, whether bad lines are left out,
/// the number typed when many would go, whether pupils new in a class owe what is open there, and whether the questions are answered.</summary>
public sealed record RosterTicks(IReadOnlySet<string> Removals, bool AllRemovals = false, bool Returns = true, bool LeaveOutBadLines = false,
    int? Typed = null, bool StartFresh = false, bool Answered = false)
{
    public static RosterTicks None { get; } = new(new HashSet<string>());

    public bool Has(PlannedChange change) =>
        change.Kind == RosterChangeKind.PersonReturns ? Returns : !change.IsRemoval || AllRemovals || Removals.Contains(change.Id);
}

/// <summary>The difference between a file and the school.</summary>
public sealed class RosterPlan
{
    /// <summary>A class that loses more than a fifth of its people is probably a mistake in the file.</summary>
    private const double ManyOfAClass = 0.2;

    private readonly SchoolNow school;

    /// <summary>How many pupils come into a class that is here already.</summary>
    public int Newcomers => Changes.Where(c => c.IsNewcomer).DistinctBy(c => (c.PersonId, c.PersonKey)).Count();

    public RosterContent Content { get; }
    public IReadOnlyList<PlannedChange> Changes { get; }
    /// <summary>What the office should know, though nothing follows from it.</summary>
    public IReadOnlyList<string> Notes { get; }
    /// <summary>What must be answered before it is applied, in sentences.</summary>
    public IReadOnlyList<string> Questions { get; }

    internal RosterPlan(RosterContent content, SchoolNow school, IReadOnlyList<PlannedChange> changes, IReadOnlyList<string> notes,
        IReadOnlyList<string> questions) =>
        (Content, this.school, Changes, Notes, Questions) = (content, school, changes, notes, questions);

    /// <summary>Says whether a plan that was looked at is still the plan.</summary>
    public string Hash => field ??= HashOf();

    private string HashOf()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var change in Changes) hash.AppendData(Encoding.UTF8.GetBytes($"{change.Id}\0{change.Before}\0{change.After}\n"));
        hash.AppendData(Encoding.UTF8.GetBytes($"{Content.BadLines.Count}"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Classes that would lose more than a fifth of their people if these ticks were applied.</summary>
    public IReadOnlyList<string> EmptiedBy(RosterTicks ticks)
    {
        var going = Changes.Where(c => c.IsRemoval && ticks.Has(c)).ToList();
        if (going.Count == 0) return [];
        var leavers = going.Where(c => c.Kind == RosterChangeKind.PersonLeaves).Select(c => c.PersonId!.Value).ToHashSet();
        var moved = going.Where(c => c.Kind == RosterChangeKind.MemberLeaves).ToLookup(c => c.ClassId!.Value);
        return [.. school.Classes.Where(c => !c.IsArchived).Select(c =>
        {
            var members = school.Seats[c.Id].Where(s => !school.ById[s.PersonId].IsDisabled).ToList();
            return (c.FullName, Gone: moved[c.Id].Count() + members.Count(m => leavers.Contains(m.PersonId)), members.Count);
        }).Where(c => c.Gone > c.Count * ManyOfAClass).Select(c => c.FullName)];
    }

    /// <exception cref="RuleBroken">Bad lines are not left out knowingly, or many people would go and the number was not typed.</exception>
    public void MustBeMeant(RosterTicks ticks)
    {
        if (Content.BadLines.Count > 0 && !ticks.LeaveOutBadLines)
            throw new RuleBroken($"Nothing was changed: {(Content.BadLines.Count == 1 ? "one line" : $"{Content.BadLines.Count:N0} lines")} of the file cannot be used. Mend the file, or tick that they are left out.", "LeaveOut");
        if (Questions.Count > 0 && !ticks.Answered) throw new RuleBroken("Nothing was changed: please answer the question above first.", "Answered");
        var going = Changes.Count(c => c.IsRemoval && ticks.Has(c));
        if (EmptiedBy(ticks) is { Count: > 0 } classes && ticks.Typed != going)
            throw new RuleBroken($"Nothing was changed yet: {string.Join(", ", classes.Take(3))}{(classes.Count > 3 ? $" and {classes.Count - 3} more classes" : "")} would lose more than a fifth of {(classes.Count == 1 ? "its" : "their")} people. If that is right, type {going} in the box and apply again.", "Typed");
    }
}
