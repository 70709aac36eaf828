using System.Data.Common;
using ClassHub.Backups;
using ClassHub.Database;
using ClassHub.Media.Renditions;

namespace ClassHub.Web.Startup;

/// <summary>What the program does instead of serving, when its first word says so: backup, restore, verify-backup, and opening one picture, which it asks of itself. The settings are the server's.</summary>
public static class Commands
{
    /// <summary>The exit code, 0 when all is well; nothing when the school is to be served.</summary>
    public static async Task<int?> RunAsync(string[] args)
    {
        if (args is [ReadPicture.Command, .. var picture]) return ReadPicture.Run(picture);
        if (args is not [("backup" or "restore" or "verify-backup") and var command, ..]) return null;
        if (args is not [_, var file, ..] || file.StartsWith('-')) return Refuse($"Name the file: classhub {command} <file>");

        using var stopping = new CancellationTokenSource();
        Console.CancelKeyPress += (_, key) => { key.Cancel = true; stopping.Cancel(); };
        try
        {
            file = Path.GetFullPath(file);
            if (command == "verify-backup") return Verified(file, await VerifyBackup.RunAsync(file, stopping.Token));

            await using var school = Build(args[2..]);
            await using var scope = school.Services.CreateAsyncScope();
            return command == "backup"
                ? Made(file, await TakeAsync(scope.ServiceProvider, file, stopping.Token))
                : PutBack(await RestoreAsync(scope.ServiceProvider, file, stopping.Token));
        }
        catch (OperationCanceledException) { return Refuse("Stopped. Nothing was left half-done."); }
        catch (Exception problem) when (problem is RuleBroken or IOException or UnauthorizedAccessException or DbException) { return Refuse(problem.Message); }
    }

    /// <summary>The office reads of it, too.</summary>
    private static async Task<BackupMade> TakeAsync(IServiceProvider services, string file, CancellationToken stop)
    {
        try { return await services.GetRequiredService<TakeBackup>().RunAsync(file, stop); }
        catch (Exception problem) when (problem is not (RuleBroken or OutOfMemoryException))
        {
            services.GetRequiredService<Archives>().NoteFailed(services.GetRequiredService<TimeProvider>().GetUtcNow(), Trouble.InWords(problem));
            throw;
        }
    }

    private static async Task<Restored> RestoreAsync(IServiceProvider services, string file, CancellationToken stop)
    {
        await services.GetRequiredService<ClassHubDb>().Snapshot().MustBeStoppedAsync(stop);
        return await services.GetRequiredService<RestoreBackup>().RunAsync(file, stop);
    }

    /// <summary>The words that start this very program with another first word: by its own name, or through dotnet when that is how it was started.</summary>
    public static IReadOnlyList<string> Itself(string command)
    {
        var assembly = typeof(Commands).Assembly.Location;
        var program = Path.ChangeExtension(assembly, OperatingSystem.IsWindows() ? ".exe" : null);
        return File.Exists(program) ? [program, command] : ["dotnet", assembly, command];
    }

    private static WebApplication Build(string[] settings)
    {
        var builder = WebApplication.CreateBuilder(settings);
        builder.Logging.ClearProviders();
        builder.AddDatabase();
        builder.AddSchool();
        builder.AddFiles();
        builder.AddBackups();
        return builder.Build();
    }

    private static int Made(string file, BackupMade made)
    {
        Console.WriteLine($"Backed up the database and {Files(made.Manifest.StoredFiles.Count())} to {file} ({Sizes.InWords(made.Size)}).");
        if (made.Bad.Count == 0) return 0;
        foreach (var bad in made.Bad) Console.Error.WriteLine($"  {bad.Name} ({bad.Key})");
        return Refuse($"{Files(made.Bad.Count)} of the school could not be found or had changed, see above. The backup holds everything else.");
    }

    private static int PutBack(Restored restored)
    {
        Console.WriteLine($"Restored the school of {restored.Manifest.MadeAt:yyyy-MM-dd HH:mm} UTC: the database and {Files(restored.Stored)}. Start ClassHub now.");
        return restored.IsWhole ? Gaps(restored.Manifest) : Refuse($"But the database names {Files(restored.Rows)}. Check the disk, then restore once more into an empty place.");
    }

    private static int Verified(string file, Manifest manifest)
    {
        Console.WriteLine($"{file} is whole: the school of {manifest.MadeAt:yyyy-MM-dd HH:mm} UTC on {manifest.Engine}, with {Files(manifest.StoredFiles.Count())}, made by ClassHub {manifest.Program}.");
        return Gaps(manifest);
    }

    /// <summary>Not a fault of the archive, so all is well; but somebody should know.</summary>
    private static int Gaps(Manifest manifest)
    {
        if (manifest.Missing.Count + manifest.Damaged.Count is > 0 and var count) Console.WriteLine($"When it was made, {Files(count)} of the school were already missing or changed.");
        return 0;
    }

    private static string Files(int count) => count == 1 ? "1 file" : $"{count} files";

    private static int Refuse(string sentence)
    {
        Console.Error.WriteLine(sentence);
        return 1;
    }
}
