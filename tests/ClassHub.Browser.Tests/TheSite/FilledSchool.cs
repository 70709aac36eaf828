using ClassHub.Browser.Tests.Faults;

namespace ClassHub.Browser.Tests.TheSite;

/// <summary>The demo school, filled once: filling takes long, and every server that shows it begins with a copy. Where recordings are played it comes with their smaller versions.</summary>
public static class FilledSchool
{
    private static readonly Lazy<string> Shared = new(FindFolder);
    private static readonly Lazy<Task> Played = new(() => MustHaveAsync(Shared.Value, "played", MakeRecordingsSmallerAsync));

    /// <param name="plays">Smaller versions are wanted, and waited for.</param>
    public static async Task CopyToAsync(string folder, bool plays)
    {
        await MustHaveAsync(Shared.Value, "filled", FillAsync);
        // Trials mostly wait: meanwhile it is made for the stories that come after them.
        var played = Played.Value;
        if (plays) await played;
        await Command.RunAsync("cp", "-a", Path.Combine(Shared.Value, plays ? "played" : "filled") + "/.", folder);
    }

    /// <summary>tests/run names a folder and removes it: its parts share one school.</summary>
    private static string FindFolder()
    {
        if (Environment.GetEnvironmentVariable("CLASSHUB_TEST_SCHOOL") is { Length: > 0 } shared) return Directory.CreateDirectory(shared).FullName;
        var folder = Directory.CreateTempSubdirectory("classhub-filled-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    }

    private static async Task MustHaveAsync(string shared, string name, Func<string, Task> make)
    {
        using var turn = await TurnAsync(Path.Combine(shared, name + ".turn"));
        var folder = Path.Combine(shared, name);
        if (Directory.Exists(folder)) return;
        var unfinished = Directory.CreateDirectory($"{folder}.{Environment.ProcessId}").FullName;
        await make(unfinished);
        Directory.Move(unfinished, folder);
    }

    /// <summary>One part of tests/run fills it, the others wait.</summary>
    private static async Task<FileStream> TurnAsync(string file)
    {
        while (true)
            try { return new(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None); }
            catch (IOException) { await Task.Delay(200); }
    }

    private static async Task FillAsync(string folder)
    {
        await using var server = new SchoolServer(folder);
        await server.InitializeAsync();
    }

    /// <summary>The server does so by itself, and here it is waited for; pictures and pages pass for done. To make it all in every copy, beside browsers, would take minutes.</summary>
    private static async Task MakeRecordingsSmallerAsync(string folder)
    {
        await Command.RunAsync("cp", "-a", Path.Combine(Shared.Value, "filled") + "/.", folder);
        using var db = StoredSchool.Open(folder);
        db.Run("UPDATE Files SET PreparedAt = CreatedAt WHERE PreparedAt IS NULL AND ContentType NOT LIKE 'audio/%' AND ContentType NOT LIKE 'video/%'");
        await using var server = new SchoolServer(folder);
        await server.InitializeAsync();
        for (var tries = 0; db.Run("SELECT count(*) FROM Files WHERE PreparedAt IS NULL") > 0; tries++)
        {
            Assert.True(tries < 600, "the recordings of the demo were not made smaller");
            await Task.Delay(500);
        }
    }
}
