using ClassHub.Browser.Tests.Faults;

namespace ClassHub.Browser.Tests.TheSite;

/// <summary>The demo school, filled once: filling takes long, and every server that shows it begins with a copy.</summary>
public static class FilledSchool
{
    private static readonly Lazy<Task<string>> filled = new(FillAsync);

    public static async Task CopyToAsync(string folder) => await Command.RunAsync("cp", "-a", await filled.Value + "/.", folder);

    private static async Task<string> FillAsync()
    {
        var folder = Directory.CreateTempSubdirectory("classhub-filled-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        await using var server = new SchoolServer(folder);
        await server.InitializeAsync();
        await PrepareAsync(folder);
        return folder;
    }

    /// <summary>As if nothing were to be made smaller: to make it in every copy would take the processors from the tests.</summary>
    private static Task PrepareAsync(string folder) => RunAsync(folder, "UPDATE Files SET PreparedAt = CreatedAt WHERE PreparedAt IS NULL");

    /// <summary>The demo's recordings get their smaller versions in this school, in the background, unless they have them.</summary>
    public static Task MakeRecordingsSmallerAsync(ClassHubServer server) =>
        RunAsync(server.Folder, "UPDATE Files SET PreparedAt = NULL WHERE (ContentType LIKE 'audio/%' OR ContentType LIKE 'video/%') AND Seconds IS NULL AND Id NOT IN (SELECT FileId FROM Renditions)");

    private static async Task RunAsync(string folder, string sql)
    {
        await using var db = StoredSchool.Open(folder);
        await using var command = db.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
