using System.Diagnostics;
using System.Globalization;
using System.Text;
using ClassHub.Database;
using ClassHub.Load.Driving;
using ClassHub.Load.Seeding;
using ClassHub.Load.Serving;
using ClassHub.Media;
using ClassHub.Posts;
using ClassHub.Tasks;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Load.Media;

/// <summary>A film and a voice become ladders while a school asks for Today; a class of thirty opens the film at once; a large file is sent.</summary>
public sealed class MediaRun(SeededSchool seeded, string published, string folder, int port)
{
    private const int ClassSize = 30, Connections = 8, Uploaded = 200_000_000;
    private readonly StringBuilder table = new("| media | |\n|-|-:|\n");
    private int classId;

    public async Task<string> RunAsync()
    {
        var (film, voice) = (Path.Combine(folder, "film.mp4"), Path.Combine(folder, "voice.wav"));
        var speech = Path.Combine(published, "demo/files/listen-to-mr-okafor.mp3");
        Make($"-f lavfi -i testsrc2=size=1280x720:rate=30 -stream_loop -1 -i {speech} -t 60 -c:v libx264 -preset veryfast -b:v 2500k -pix_fmt yuv420p -c:a aac -b:a 128k {film}");
        // As js/recording/kinds.js records it.
        Make($"-stream_loop -1 -i {speech} -t 300 -c:a libopus -b:a 24k -ac 1 -f webm {voice}");
        var pupils = await SignInAsync();

        using (var app = await Served.ClassHubAsync(published, seeded.DataFolder, null, port, jobs: true))
        {
            Today(app, pupils, 10);                     // until everything is compiled
            var quiet = Today(app, pupils, 15);
            var (taskId, filmId) = await PostAsync(film, "film.mp4");
            while (!await IsBegunAsync(filmId)) await Task.Delay(100);
            var busy = Today(app, pupils, 15);
            Say("Today, p50 and p99, while nothing is made", $"{quiet.P50:0} and {quiet.P99:0} ms at {quiet.ASecond:0} a second");
            Say("Today, p50 and p99, while the film is made smaller", $"{busy.P50:0} and {busy.P99:0} ms at {busy.ASecond:0} a second{(await IsPreparedAsync(filmId) ? " (done before the end)" : "")}");
            await ReportAsync("film of 60 s, 1280x720", film, (await PostAsync(film, "film again.mp4")).FileId);
            await ReportAsync("voice of 5 min", voice, (await PostAsync(voice, "voice.weba")).FileId);
            await ClassOpensAsync(app, pupils, taskId, filmId);
        }
        using (var app = await Served.ClassHubAsync(published, seeded.DataFolder, null, port)) await UploadAsync(app, pupils[^1]);
        return table.ToString();
    }

    private static void Make(string how)
    {
        using var program = Process.Start("ffmpeg", "-nostdin -v error -y " + how);
        program.WaitForExit();
        if (program.ExitCode != 0) throw new InvalidOperationException("ffmpeg could not make what is to be measured.");
    }

    /// <summary>Thirty pupils of one class, and its teacher last.</summary>
    private async Task<List<Session>> SignInAsync()
    {
        await using var db = seeded.Open();
        classId = await db.Memberships.Where(m => !m.IsTeacher).GroupBy(m => m.ClassId).Where(g => g.Count() >= ClassSize).Select(g => g.Key).FirstAsync();
        var members = await db.Memberships.Where(m => m.ClassId == classId).OrderBy(m => m.IsTeacher).Include(m => m.Person).ToListAsync();
        var sessions = new List<Session>();
        foreach (var person in members.Where(m => !m.IsTeacher).Take(ClassSize).Concat(members.Where(m => m.IsTeacher).Take(1)).Select(m => m.Person))
        {
            var session = new Session(person.Id, classId, RandomKey.Hex() + RandomKey.Hex());
            db.SignInSessions.Add(new(person, session.Key, false, "Phone", DateTimeOffset.UtcNow));
            sessions.Add(session);
        }
        await db.SaveChangesAsync();
        return sessions;
    }

    /// <summary>A task with this file, and the file.</summary>
    private async Task<(int TaskId, int FileId)> PostAsync(string path, string name)
    {
        await using var db = seeded.Open();
        var teacher = await db.Memberships.Where(m => m.ClassId == classId && m.IsTeacher).Select(m => m.PersonId).FirstAsync();
        await using var content = File.OpenRead(path);
        var file = await new KeepFile(db, new DiskFileStore(seeded.DataFolder), new(), TimeProvider.System).RunAsync(content, name, teacher, true, classId, CancellationToken.None);
        var now = DateTimeOffset.UtcNow;
        var taskId = await db.WriteAsync(async () =>
        {
            var post = db.Posts.Add(new Post(classId, PostKind.Task, teacher, null, now)).Entity;
            post.Write(name, "", null, null, now);
            post.Attach(await db.Files.Where(f => f.Id == file.Id).ToListAsync(), now);
            post.Publish(now, null, now);
            await db.SaveChangesAsync();
            var task = db.Tasks.Add(new ClassTask(post)).Entity;
            task.Ask(HandInWays.Text | HandInWays.Files, null);
            task.Schedule(null, null, null, null, now);
            await db.SaveChangesAsync();
            return task.Id;
        }, CancellationToken.None);
        return (taskId, file.Id);
    }

    private Measured Today(Served app, List<Session> pupils, double seconds)
    {
        var requests = pupils.Take(ClassSize).Select(p => Requests.Get("/", p)).ToList();
        return Measure.Run(port, app.Id, Connections, 2, seconds, 200, (connection, turn) => requests[(connection + turn) % requests.Count]);
    }

    private async Task<bool> IsBegunAsync(int fileId) { await using var db = seeded.Open(); return await db.Files.AnyAsync(f => f.Id == fileId && (f.PreparingSince != null || f.PreparedAt != null)); }
    private async Task<bool> IsPreparedAsync(int fileId) { await using var db = seeded.Open(); return await db.Files.AnyAsync(f => f.Id == fileId && f.PreparedAt != null); }

    private async Task ReportAsync(string what, string path, int fileId)
    {
        while (!await IsBegunAsync(fileId)) await Task.Delay(50);
        var began = Stopwatch.GetTimestamp();
        // The files that grow in the folder where they are made.
        var seen = new Dictionary<string, (DateTime From, DateTime To)>();
        while (!await IsPreparedAsync(fileId))
        {
            foreach (var made in new DirectoryInfo(seeded.DataFolder).EnumerateDirectories("unfinished").SelectMany(f => f.EnumerateDirectories()).SelectMany(f => { try { return f.GetFiles(); } catch (DirectoryNotFoundException) { return []; } }))
                if (made.Exists) seen[made.Name] = (seen.TryGetValue(made.Name, out var before) ? before.From : DateTime.UtcNow, made.LastWriteTimeUtc);
            await Task.Delay(50);
        }
        foreach (var (name, (from, to)) in seen.OrderBy(s => s.Value.From)) Say($"- making {name}", $"{Math.Max(0, (to - from).TotalSeconds):0.0} s");
        Say(what, $"{Sizes.InWords(new FileInfo(path).Length)}, all versions after {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");
        await using var db = seeded.Open();
        foreach (var rung in (await db.RungsOfAsync([fileId], CancellationToken.None))[fileId].All)
            Say($"- {rung.Kind} {rung.ContentType}{(rung.Height > 0 ? $" {rung.Height} lines" : "")}", Sizes.InWords(rung.Size));
    }

    /// <summary>Everybody opens the task and then loads its small film whole.</summary>
    private async Task ClassOpensAsync(Served app, List<Session> pupils, int taskId, int filmId)
    {
        while (!await IsPreparedAsync(filmId)) await Task.Delay(200);
        await using var db = seeded.Open();
        var film = (await db.RungsOfAsync([filmId], CancellationToken.None))[filmId].Watch.Last();
        var before = Machine.Look(app.Id);
        var began = Stopwatch.GetTimestamp();
        var bytes = await Task.WhenAll(pupils.Take(ClassSize).Select(pupil => Task.Factory.StartNew(() =>
        {
            using var connection = new Connection(port);
            return (long)connection.Ask(Requests.Get($"/classes/{classId}/tasks/{taskId}", pupil)).Bytes + connection.Ask(Requests.Get($"/files/{film.Key}", pupil, "Range: bytes=0-\r\n")).Bytes;
        }, TaskCreationOptions.LongRunning)));
        Say($"{ClassSize} pupils open a task and load its film in 240 lines at once", $"{Sizes.InWords(bytes.Sum())} in {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s, {(Machine.Look(app.Id).Program - before.Program) * 1000:0} ms of a processor");
    }

    private async Task UploadAsync(Served app, Session teacher)
    {
        using var http = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromMinutes(5) };
        http.DefaultRequestHeaders.Add("Cookie", teacher.Cookie);
        http.DefaultRequestHeaders.Add("Tus-Resumable", "1.0.0");
        async Task<string> SendAsync(int bytes)
        {
            var start = new HttpRequestMessage(HttpMethod.Post, "/uploads") { Headers = { { "Upload-Length", bytes.ToString(CultureInfo.InvariantCulture) } } };
            using var begun = (await http.SendAsync(start)).EnsureSuccessStatusCode();
            var patch = new HttpRequestMessage(HttpMethod.Patch, begun.Headers.Location) { Content = new ByteArrayContent(new byte[bytes]), Headers = { { "Upload-Offset", "0" } } };
            patch.Content.Headers.ContentType = new("application/offset+octet-stream");
            using var sent = (await http.SendAsync(patch)).EnsureSuccessStatusCode();
            return sent.Headers.GetValues("Upload-Offset").Single();
        }
        for (var i = 0; i < 5; i++) await SendAsync(1_000_000);
        var before = Memory(app.Id, "VmRSS");
        File.WriteAllText($"/proc/{app.Id}/clear_refs", "5");      // the peak is counted from here
        await SendAsync(Uploaded);
        Say("upload of 200 MB: memory before, peak, growth", $"{before / 1e6:0}, {Memory(app.Id, "VmHWM") / 1e6:0}, {(Memory(app.Id, "VmHWM") - before) / 1e6:0} MB");
    }

    private static double Memory(int processId, string what) =>
        1024 * double.Parse(File.ReadLines($"/proc/{processId}/status").First(l => l.StartsWith(what, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);

    private void Say(string what, FormattableString value) => Say(what, value.ToString(CultureInfo.InvariantCulture));
    private void Say(string what, string value) => table.Append(CultureInfo.InvariantCulture, $"| {what} | {value} |\n");
}
