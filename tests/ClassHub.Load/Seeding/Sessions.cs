using ClassHub.Database;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Load.Seeding;

/// <summary>One person signed in on their own device, with the class they visit.</summary>
public sealed record Session(int PersonId, int ClassId, string Key)
{
    public string Cookie => "classhub=" + Key;
}

/// <summary>Session rows as a sign-in leaves them, made fresh before measuring.</summary>
public sealed record Sessions(Session[] Pupils, Session[] Teachers, Session FewPosts, Session ManyPosts)
{
    public static async Task<Sessions> StartAsync(ClassHubDb db, LargeSchool school, SchoolSize size, int signedIn = SchoolSize.Sessions)
    {
        var pupils = Enumerable.Range(0, signedIn).Select(i => i * (size.Pupils / signedIn)).Select(n => New(school.Pupil(n), school.ClassesOf(n)[n % SchoolSize.ClassesAPupil])).ToArray();
        var teachers = Enumerable.Range(0, Math.Min(SchoolSize.TeacherSessions, size.Teachers)).Select(n => New(school.Teacher(n), LargeSchool.ClassOfTeacher(n))).ToArray();
        var all = new Sessions(pupils, teachers, New(school.PupilOfFewPosts, school.FewPostsClass), New(school.PupilOfManyPosts, school.ManyPostsClass));

        await db.SignInSessions.ExecuteDeleteAsync();
        await db.Database.OpenConnectionAsync();
        var now = DateTime.UtcNow;
        await new BulkRows(db).PutAsync("SignInSessions", ["Id", "PersonId", "KeyHash", "StartedAt", "LastUsedAt", "EndsAt", "IdleMinutes", "IsShared", "Device"],
            all.Everyone.Select((s, i) => new object?[] { i + 1, s.PersonId, RandomKey.HashOf(s.Key), now, now, now.AddDays(7), 480, false, "Phone" }));
        await db.Database.CloseConnectionAsync();
        return all;
    }

    private IEnumerable<Session> Everyone => [.. Pupils, .. Teachers, FewPosts, ManyPosts];

    private static Session New(int personId, int classId) => new(personId, classId, RandomKey.Hex() + RandomKey.Hex());
}
