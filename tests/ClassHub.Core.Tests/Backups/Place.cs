using System.Globalization;
using ClassHub.Backups;
using ClassHub.Database;
using ClassHub.Media;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Tests.Backups;

/// <summary>A data folder and a database in which there is no school.</summary>
internal sealed class Place : IAsyncDisposable
{
    private readonly TestDatabase database;
    public string Folder { get; } = TestDatabase.TemporaryFolder();

    private Place(TestDatabase database) => this.database = database;

    public static async Task<Place> BareAsync(Engine engine) => new(await TestDatabase.OpenBareAsync(engine));

    /// <summary>Where ClassHub was started once and stopped again.</summary>
    public static async Task<Place> StartedOnceAsync(Engine engine)
    {
        var place = new Place(await TestDatabase.OpenEmptyAsync(engine));
        place.database.LetGo();
        return place;
    }

    public ClassHubDb Db() => database.Open();
    public DiskFileStore Files => new(Folder);
    public string PathOf(string key) => Path.Combine(Folder, "files", key[..2], key);
    public string Archive => Path.Combine(Folder, "school.zip");

    /// <summary>Nothing was written: no file, no database.</summary>
    public bool IsUntouched => Directory.GetFiles(Folder, "*", SearchOption.AllDirectories).Length == 0 && !File.Exists(database.Where);

    public async Task<Restored> RestoreAsync(string archive)
    {
        await using var db = Db();
        return await new RestoreBackup(db, Files, new Archives(Folder)).RunAsync(archive, TestSchool.Stop);
    }

    /// <summary>Backs the school up into this place's folder.</summary>
    public Task<BackupMade> TakeAsync(TestSchool school, IFileStore? files = null) =>
        new TakeBackup(school.Db(), files ?? school.Files, new Archives(Folder), school.Clock).RunAsync(Archive, TestSchool.Stop);

    /// <summary>Every row of every table, as text.</summary>
    public static async Task<HashSet<string>> RowsAsync(ClassHubDb db)
    {
        await db.Database.OpenConnectionAsync();
        var found = new HashSet<string>();
        foreach (var table in db.Model.GetEntityTypes().Select(e => e.GetTableName()).Distinct())
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = $"SELECT * FROM \"{table}\"";
            await using var rows = await command.ExecuteReaderAsync();
            var values = new object[rows.FieldCount];
            while (await rows.ReadAsync())
            {
                rows.GetValues(values);
                found.Add($"{table}: {string.Join("|", values.Select(v => v is byte[] bytes ? Convert.ToHexString(bytes) : Convert.ToString(v, CultureInfo.InvariantCulture)))}");
            }
        }
        return found;
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
