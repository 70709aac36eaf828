using System.Diagnostics;
using System.Globalization;
using System.Text;
using ClassHub.Database;
using ClassHub.Load.Seeding;
using ClassHub.Media;
using ClassHub.People;
using ClassHub.Rosters;
using ClassHub.School;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ClassHub.Load;

/// <summary>A sheet of 10,000 pupils: looked at, applied, and looked at again with a few changes, as a school does every week. On a SQLite database of its own.</summary>
public static class RosterRun
{
    private const int Rows = 10_000;

    public static async Task<string> RunAsync(string folder)
    {
        var place = Path.Combine(folder, "roster");
        if (Directory.Exists(place)) Directory.Delete(place, recursive: true);
        Directory.CreateDirectory(place);
        await using var services = new ServiceCollection().AddSingleton(new WriteGate(oneAtATime: true)).BuildServiceProvider();
        await using var db = new SqliteDb(new DbContextOptionsBuilder<SqliteDb>().UseClassHubSqliteFor(Path.Combine(place, "classhub.db")).UseApplicationServiceProvider(services).Options);
        await db.Database.MigrateAsync();
        var (store, time) = (new DiskFileStore(place), TimeProvider.System);
        var office = db.People.Add(new Person(Role.Staff, "Lena", "Hart", time.GetUtcNow())).Entity;
        office.MakeOffice(true);
        await db.SaveChangesAsync();
        var clock = new SchoolClock(time, SchoolCalendar.Of(new SchoolProfile("Load School", "Europe/London", SchoolDays.MondayToFriday, new(8, 30), time.GetUtcNow()), []));
        var (take, preview) = (new TakeRoster(db, store, clock), new PreviewRoster(db, store));

        async Task<(int Id, RosterPlan Plan, double Seconds)> LookAsync(int moved)
        {
            var began = Stopwatch.GetTimestamp();
            var id = await take.FromFileAsync(new MemoryStream(Sheet(moved)), "pupils.csv", office.Id, default);
            return (id, (await preview.RunAsync(id, default))!, Stopwatch.GetElapsedTime(began).TotalSeconds);
        }

        var first = await LookAsync(moved: 0);
        var started = Stopwatch.GetTimestamp();
        await new ApplyRoster(db, preview, time).RunAsync(first.Id, first.Plan.Hash, RosterTicks.None, office.Id, default);
        var applied = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var second = await LookAsync(moved: 120);
        return string.Create(CultureInfo.InvariantCulture, $"Roster of {Rows:N0} rows on SQLite, reading the file included: first preview {first.Seconds:0.00} s ({first.Plan.Changes.Count:N0} changes), applied in {applied:0.0} s, second preview {second.Seconds:0.00} s ({second.Plan.Changes.Count:N0} changes).\n");
    }

    /// <summary>The last <paramref name="moved"/> pupils have another class than the week before.</summary>
    private static byte[] Sheet(int moved)
    {
        var sheet = new StringBuilder("Admission Number,Forename,Surname,Year,Class\n");
        for (var i = 0; i < Rows; i++)
            sheet.Append(CultureInfo.InvariantCulture, $"A{i:d6},Forename{i % 700},Surname{i % 900},Year {7 + i % 5},{7 + i % 5}{(char)('A' + (i >= Rows - moved ? i / 5 + 1 : i / 5) % 20)}\n");
        return Encoding.UTF8.GetBytes(sheet.ToString());
    }
}
