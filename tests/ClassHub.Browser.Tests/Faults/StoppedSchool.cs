using System.Net;
using System.Text.RegularExpressions;
using ClassHub.Browser.Tests.TheSite;

namespace ClassHub.Browser.Tests.Faults;

/// <summary>The demo school at rest, with pupils who are signed in and a task for each that never closes. Every trial begins with a copy.</summary>
public sealed class StoppedSchool : IAsyncLifetime
{
    private const int Most = 32;
    private readonly string folder = Directory.CreateTempSubdirectory("classhub-stopped-").FullName;

    public IReadOnlyList<Pupil> Pupils { get; private set; } = [];

    public async Task InitializeAsync()
    {
        await FilledSchool.CopyToAsync(folder, plays: false);
        await using (var server = new SchoolServer(folder))
        {
            await server.InitializeAsync();
            Pupils = await Task.WhenAll(Everybody().Select(pupil => SignInAsync(server, pupil)));
        }
        Pupils = [.. WithTasks(Pupils)];
    }

    public async Task CopyToAsync(string other)
    {
        await Command.RunAsync("cp", "-a", folder + "/.", other);
        await Command.RunAsync("sync", "-f", other);
    }

    private List<Pupil> Everybody()
    {
        using var db = StoredSchool.Open(folder);
        using var command = db.CreateCommand();
        command.CommandText = "SELECT a.UserName, a.PersonId, min(m.ClassId) FROM Memberships m JOIN Accounts a ON a.PersonId = m.PersonId WHERE NOT m.IsTeacher GROUP BY a.PersonId ORDER BY a.PersonId LIMIT $most";
        command.Parameters.AddWithValue("$most", Most);
        using var rows = command.ExecuteReader();
        var pupils = new List<Pupil>();
        while (rows.Read()) pupils.Add(new(rows.GetString(0), rows.GetInt32(1), rows.GetInt32(2), 0, "", ""));
        return pupils;
    }

    internal static async Task<Pupil> SignInAsync(ClassHubServer server, Pupil pupil)
    {
        var cookies = new CookieContainer();
        using var http = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies }) { BaseAddress = new(server.Address), Timeout = TimeSpan.FromMinutes(2) };
        var token = TokenOf(await http.GetStringAsync("/login"));
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["_form"] = token, ["UserName"] = pupil.UserName, ["Password"] = "classhub-demo", ["Shared"] = "false" });
        using var answer = await http.PostAsync("/login", form);
        answer.EnsureSuccessStatusCode();
        var page = await http.GetStringAsync("/me/password");
        return pupil with { FormToken = TokenOf(page), Cookie = cookies.GetCookieHeader(new(server.Address)) };
    }

    private static string TokenOf(string page) => Regex.Match(page, "name=\"_form\"[^>]*value=\"([^\"]+)\"").Groups[1].Value;

    /// <summary>Like the first task of each class, but nobody has begun it and it is open for ever.</summary>
    private List<Pupil> WithTasks(IEnumerable<Pupil> pupils)
    {
        using var db = StoredSchool.Open(folder);
        return [.. pupils.GroupBy(p => p.ClassId).SelectMany(some =>
        {
            var task = db.NewTask(some.Key, "Saved means saved");
            return some.Select(p => p with { TaskId = task });
        })];
    }

    public Task DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return Task.CompletedTask;
    }
}

/// <summary>The school in a folder that outlives its server.</summary>
public sealed class SchoolServer(string folder) : ClassHubServer(isDemo: true, folder), IAsyncDisposable
{
    async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();
}

/// <summary>One after the other and beside nothing else: they load the machine and break things.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class WhenThingsBreak : ICollectionFixture<StoppedSchool>
{
    public const string Name = "When things break";
    public static readonly bool IsThorough = Environment.GetEnvironmentVariable("CLASSHUB_TEST_FAULTS") == "all";

    /// <summary>How often: seldom, in full with `tests/run faults`, or as CLASSHUB_TEST_FAULTS_TIMES says.</summary>
    public static int Times(int few, int all) => int.TryParse(Environment.GetEnvironmentVariable("CLASSHUB_TEST_FAULTS_TIMES"), out var times) ? times : IsThorough ? all : few;
}
