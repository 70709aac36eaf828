using System.Diagnostics;
using System.Globalization;
using ClassHub.Load;
using ClassHub.Load.Driving;
using ClassHub.Load.Media;
using ClassHub.Load.Messages;
using ClassHub.Load.Rush;
using ClassHub.Load.Seeding;
using ClassHub.Load.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["bare", var barePort]) { Bare(barePort); return; }

var given = args.ToList();
string? Value(string name) => given.IndexOf(name) is >= 0 and var at && at + 1 < given.Count ? given[at + 1] : null;
var (postgres, only) = (Value("--postgres"), Value("--only"));
var port = int.Parse(Value("--port") ?? "5195");
var seconds = double.Parse(Value("--seconds") ?? "4");
var (rush, pupils) = (given.Contains("--rush"), int.Parse(Value("--pupils") ?? "1500"));
var size = rush && pupils + RushRun.Early <= SchoolSize.Rush.Pupils ? SchoolSize.Rush : given.Contains("--small") || given.Contains("--media") ? SchoolSize.Small : SchoolSize.Large;
var folder = Path.Combine(Path.GetTempPath(), rush ? "classhub-rush" : "classhub-load");
Directory.CreateDirectory(folder);

var published = Path.Combine(folder, "published");
Publish(published);
var seeded = new SeededSchool(size, postgres, folder);
await seeded.PrepareAsync();

var text = Console.Out;
text.WriteLine($"{Machine.InWords()}\n");
text.WriteLine($"School: {size.Classes} classes of {size.PupilsAClass} pupils, {SchoolSize.PostsAClass} posts each, {size.Pupils:N0} pupils in {SchoolSize.ClassesAPupil} classes each, {size.Submissions:N0} submissions. Database: {(postgres is null ? "SQLite" : "PostgreSQL")}.\n");

if (given.Contains("--media")) { text.WriteLine(await new MediaRun(seeded, published, folder, port).RunAsync()); return; }
if (given.Contains("--announce")) { text.WriteLine(await new AnnounceRun(seeded, size, published, postgres, port).RunAsync()); return; }
if (rush) { text.WriteLine(await new RushRun(seeded, size, published, postgres, port).RunAsync(pupils, double.Parse(Value("--window") ?? "120"))); return; }

// Statements are counted in a run of their own: looking costs time.
var counted = new Dictionary<string, int>();
var statementsFile = Path.Combine(folder, "statements.txt");
Sessions sessions;
await using (var db = seeded.Open()) sessions = await Sessions.StartAsync(db, seeded.School, size);
using (var app = await Served.ClassHubAsync(published, seeded.DataFolder, postgres, port, statementsFile))
{
    var cases = new Cases(sessions, port);
    using var connection = new Connection(port);
    foreach (var @case in cases.Reading().Append(cases.HandingIn()).ToList())
    {
        connection.AskAll(@case.Next(0, 0));
        File.Delete(statementsFile + ".last");
        if (counted.Count == 0) File.WriteAllText(statementsFile, "");
        var answer = connection.AskAll(@case.Next(0, 1));
        if (answer.Status != @case.Expected) throw new InvalidOperationException($"{@case.Name} answered {answer.Status}.");
        counted[@case.Name] = int.Parse(answer.Header(Yardstick.StatementsHeader) ?? "0");
    }
    text.WriteLine(FirstVisit.Of(port, sessions.Pupils[0]));
}
await using (var db = seeded.Open()) text.WriteLine(Plans.Doubtful(db, statementsFile, given.Contains("--plans")));
if (given.Contains("--plans")) return;

await using (var db = seeded.Open()) sessions = await Sessions.StartAsync(db, seeded.School, size);
var reporting = new Reporting();
using (var bare = await Served.BareAsync(port + 1)) reporting.Add(Cases.Bare, Drive(bare, Cases.Bare), null);
using (var app = await Served.ClassHubAsync(published, seeded.DataFolder, postgres, port))
{
    var cases = new Cases(sessions, port);
    foreach (var @case in cases.Reading().Append(cases.HandingIn()).Where(c => only is null || c.Name == Cases.Empty || c.Name.Contains(only, StringComparison.OrdinalIgnoreCase)))
        reporting.Add(@case, Drive(app, @case), counted[@case.Name]);
}
text.WriteLine(reporting.Table());
text.WriteLine(await RosterRun.RunAsync(folder));

Measured[] Drive(Served program, Case @case)
{
    Console.Error.WriteLine(@case.Name);
    return [.. new[] { 1, 8, 32 }.Select(connections => Measure.Run(program.Port, program.Id, connections, connections == 1 ? 5 : 1, seconds, @case.Expected, @case.Next))];
}

static void Bare(string port)
{
    var builder = WebApplication.CreateSlimBuilder([$"--urls=http://127.0.0.1:{port}"]);
    builder.Logging.ClearProviders();
    var app = builder.Build();
    app.Run(context => context.Response.WriteAsync("Hello world\n"));
    app.Run();
}

static void Publish(string into)
{
    var web = FindUp(AppContext.BaseDirectory, "src/ClassHub.Web/ClassHub.Web.csproj");
    using var publish = Process.Start(new ProcessStartInfo("dotnet", ["publish", web, "-c", "Release", "-o", into, "-v", "q", "--nologo"]) { RedirectStandardOutput = true })!;
    var said = publish.StandardOutput.ReadToEnd();
    publish.WaitForExit();
    if (publish.ExitCode != 0) throw new InvalidOperationException("Publishing failed: " + said);
}

static string FindUp(string from, string path)
{
    for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
        if (File.Exists(Path.Combine(folder.FullName, path))) return Path.Combine(folder.FullName, path);
    throw new FileNotFoundException(path);
}
