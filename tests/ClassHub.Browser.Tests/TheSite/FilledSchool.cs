using ClassHub.Browser.Tests.Faults;
using Microsoft.Data.Sqlite;

namespace ClassHub.Browser.Tests.TheSite;

/// <summary>The demo school, filled once: filling takes long, and every server that shows it begins with a copy.</summary>
public static class FilledSchool
{
    private static readonly Lazy<Task<string>> filled = new(FolderAsync);

    public static async Task CopyToAsync(string folder) => await Command.RunAsync("cp", "-a", await filled.Value + "/.", folder);

    private static async Task<string> FolderAsync()
    {
        // tests/run names a folder and removes it: its parts share one school.
        if (Environment.GetEnvironmentVariable("CLASSHUB_TEST_SCHOOL") is { Length: > 0 } shared)
        {
            using var turn = await TurnAsync(shared + ".turn");
            if (File.Exists(shared + ".filled")) return shared;
            Directory.CreateDirectory(shared);
            await FillAsync(shared);
            await File.WriteAllTextAsync(shared + ".filled", "");
            return shared;
        }
        var folder = Directory.CreateTempSubdirectory("classhub-filled-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        await FillAsync(folder);
        return folder;
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
        using var db = StoredSchool.Open(folder);
        await MakeRecordingsSmallerAsync(db);
    }

    /// <summary>The server does so by itself, and here it is waited for; pictures and pages pass for done. To make it all in every copy, beside browsers, would take minutes.</summary>
    private static async Task MakeRecordingsSmallerAsync(SqliteConnection db)
    {
        db.Run("UPDATE Files SET PreparedAt = CreatedAt WHERE PreparedAt IS NULL AND ContentType NOT LIKE 'audio/%' AND ContentType NOT LIKE 'video/%'");
        for (var tries = 0; db.Run("SELECT count(*) FROM Files WHERE PreparedAt IS NULL") > 0; tries++)
        {
            Assert.True(tries < 600, "the recordings of the demo were not made smaller");
            await Task.Delay(500);
        }
    }
}
