namespace ClassHub.Tests;

/// <summary>The folder with ClassHub.sln, above the folder the tests run in.</summary>
public static class Repository
{
    public static readonly string Folder = Find(AppContext.BaseDirectory);

    public static string PathOf(string path) => Path.Combine(Folder, path);

    private static string Find(string folder) => File.Exists(Path.Combine(folder, "ClassHub.sln"))
        ? folder
        : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside the repository."));
}
