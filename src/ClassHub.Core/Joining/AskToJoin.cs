using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Notifications;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Joining;

/// <summary>Somebody with a code asks to join. Nothing comes of it until a teacher answers, and nothing about the class is told.</summary>
public sealed class AskToJoin(ClassHubDb db, TimeProvider clock)
{
    /// <summary>A flood of made-up names would bury the real ones.</summary>
    private const int MostOpen = 100;

    /// <summary>Asking again is the same request; somebody already in the class is thanked like everybody.</summary>
    /// <exception cref="RuleBroken">No name, or a code that does not work, whatever the reason.</exception>
    public async Task RunAsync(string? typedCode, int? pupilId, string? forename, string? surname, CancellationToken stop)
    {
        var code = JoinCode.Typed(typedCode);
        if (code == "") throw new RuleBroken("Write the code.", "Code");
        await db.WriteAsync(async () =>
        {
            var now = clock.GetUtcNow();
            if (pupilId is { } id) (forename, surname) = await db.People.Where(p => p.Id == id).Select(p => new ValueTuple<string, string>(p.Forename, p.Surname)).SingleAsync(stop);
            var request = new JoinRequest(0, pupilId, forename, surname, now);          // names are asked for before the code is looked at
            // Touching the row makes a double click wait for the first: then it finds the request.
            if (await db.JoinCodes.Where(c => c.Code == code && c.ExpiresAt > now).ExecuteUpdateAsync(set => set.SetProperty(c => c.ExpiresAt, c => c.ExpiresAt), stop) == 0) throw NotThatCode();
            var classId = await db.JoinCodes.Where(c => c.Code == code).Select(c => c.ClassId).SingleAsync(stop);
            if (await db.Classes.AnyAsync(c => c.Id == classId && c.ArchivedAt != null, stop)) throw NotThatCode();
            if (await IsNothingNewAsync(classId, request, stop)) return;
            await AskAsync(new JoinRequest(classId, pupilId, request.Forename, request.Surname, now), now, stop);
        }, stop);
    }

    private static RuleBroken NotThatCode() => new("That code does not work. Check each letter, or ask your teacher for a new code.", "Code");

    private async Task<bool> IsNothingNewAsync(int classId, JoinRequest request, CancellationToken stop)
    {
        if (request.PersonId is { } id && await db.Memberships.AnyAsync(m => m.ClassId == classId && m.PersonId == id, stop)) return true;
        var open = await db.JoinRequests.Where(r => r.ClassId == classId && r.DecidedAt == null).OrderBy(r => r.Id).Take(MostOpen)
            .Select(r => new { r.PersonId, r.Forename, r.Surname }).ToListAsync(stop);
        return open.Count >= MostOpen || open.Any(r => r.PersonId == request.PersonId && (r.PersonId is not null || (Same(r.Forename, request.Forename) && Same(r.Surname, request.Surname))));
    }

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private async Task AskAsync(JoinRequest request, DateTimeOffset now, CancellationToken stop)
    {
        db.JoinRequests.Add(request);
        await db.SaveChangesAsync(stop);
        var teachers = await db.Memberships.Where(m => m.ClassId == request.ClassId && m.IsTeacher).Select(m => m.PersonId).ToListAsync(stop);
        await db.NotifyAsync(teachers, NotificationKind.JoinAsked, request.Id, 0, request.ClassId, now, stop);
    }
}
