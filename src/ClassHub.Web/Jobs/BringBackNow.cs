using ClassHub.Backups;
using ClassHub.Database;
using ClassHub.Web.Startup;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Jobs;

/// <summary>Brings a backup back into this server's empty place, while the page that asked may be long answered. One at a time. What Hangfire rings for waits until there is a school.</summary>
public sealed class BringBackNow(IServiceScopeFactory scopes, CurrentSchool school, IKeyManager keys, IHostApplicationLifetime server, TimeProvider clock, ILogger<BringBackNow> log) : IProgress<FilesBack>
{
    private readonly Lock turn = new();
    private Task<string?> last = Task.FromResult<string?>(null);

    public bool IsRunning => !last.IsCompleted;
    public FilesBack Progress { get; private set; }
    /// <summary>What is back since this server started.</summary>
    public Restored? Back { get; private set; }
    /// <summary>Somebody has begun it since this server started.</summary>
    public bool WasAsked { get; private set; }
    /// <summary>Why the last try failed.</summary>
    public string? Problem => IsRunning ? null : last.Result;

    /// <summary>Ends with the sentence that says why nothing was brought back, or with none. The archive is used up; while another one is brought back it is not looked at.</summary>
    public Task<string?> Start(string archive)
    {
        lock (turn)
        {
            if (IsRunning) File.Delete(archive);
            else (WasAsked, Progress, last) = (true, default, Task.Run(() => RunAsync(archive)));
            return last;
        }
    }

    void IProgress<FilesBack>.Report(FilesBack value) => Progress = value;

    private async Task<string?> RunAsync(string archive)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ClassHubDb>();
        await school.FirstRun.WaitAsync();
        try
        {
            var signedWith = await db.DataProtectionKeys.AsNoTracking().ToListAsync();
            var restored = await scope.ServiceProvider.GetRequiredService<RestoreBackup>().RunAsync(archive, server.ApplicationStopping, this);
            await db.MigrateAsync(CancellationToken.None);
            await KeepKeysAsync(db, signedWith);
            await school.RefreshAsync(db, CancellationToken.None);
            if (!school.IsSetUp) return "It was made before there was a school, so nothing is in it.";
            Back = restored;
            log.LogInformation("The school of {MadeAt} was brought back from a backup: {Files} of {All} files.", restored.Manifest.MadeAt, restored.Stored, restored.Rows);
            return null;
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            if (problem is not RuleBroken) log.LogError(problem, "A backup was not brought back.");
            await LookAgainAsync(db);
            return Trouble.InWords(problem);
        }
        finally
        {
            school.FirstRun.Release();
            File.Delete(archive);
        }
    }

    /// <summary>What failed may have failed after the school was there.</summary>
    private async Task LookAgainAsync(ClassHubDb db)
    {
        try { await school.RefreshAsync(db, CancellationToken.None); }
        catch (Exception problem) when (problem is not OutOfMemoryException) { log.LogError(problem, "The school cannot be read."); }
    }

    /// <summary>With the keys of the empty place every server goes on signing, until it reads them anew. This one does so now, to believe what the school signed before: adding a key is what makes it read, one for the day after tomorrow.</summary>
    private async Task KeepKeysAsync(ClassHubDb db, List<DataProtectionKey> signedWith)
    {
        await db.WriteAsync(async () =>
        {
            var there = await db.DataProtectionKeys.Select(k => k.FriendlyName).ToListAsync();
            db.AddRange(signedWith.ExceptBy(there, k => k.FriendlyName).Select(k => new DataProtectionKey { FriendlyName = k.FriendlyName, Xml = k.Xml }));
            await db.SaveChangesAsync();
        }, CancellationToken.None);
        keys.CreateNewKey(clock.GetUtcNow().AddDays(2), clock.GetUtcNow().AddDays(92));
    }
}
