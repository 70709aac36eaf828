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

    /// <summary>The recordings have their smaller versions, as after the first evening. Pictures of the demo are small already: to make all of them again in every copy would take the processors from the tests.</summary>
    private static async Task PrepareAsync(string folder)
    {
        await using var db = StoredSchool.Open(folder);
        await using var command = db.CreateCommand();
        command.CommandText = "UPDATE Files SET PreparedAt = CreatedAt WHERE PreparedAt IS NULL AND ContentType NOT LIKE 'audio/%' AND ContentType NOT LIKE 'video/%'";
        await command.ExecuteNonQueryAsync();
        command.CommandText = "SELECT count(*) FROM Files WHERE PreparedAt IS NULL";
        for (var waited = 0; (long)(await command.ExecuteScalarAsync())! > 0; waited++)
        {
            Assert.True(waited < 480, "The demo's recordings were not made smaller.");
            await Task.Delay(250);
        }
    }
}
