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
        return folder;
    }
}
