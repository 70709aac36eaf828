using System.IO.Compression;
using System.Security.Cryptography;
using ClassHub.Backups;
using static ClassHub.Tests.TestSchool;

namespace ClassHub.Tests.Backups;

public sealed class DamagedArchiveTests
{
    private const string Key = "0123456789abcdef0123456789abcdef", Stored = $"files/01/{Key}";

    [BothEngines]
    public async Task No_damaged_archive_is_believed_and_nothing_of_it_is_written(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        await using var shelf = await Place.BareAsync(engine);
        await using var place = await Place.BareAsync(engine);
        await school.KeepAsync(school.Ben, "a volcano");
        await shelf.TakeAsync(school);
        var whole = await File.ReadAllBytesAsync(shelf.Archive);
        var damaged = shelf.Archive + ".damaged";

        var believed = new List<int>();
        for (var seed = 0; seed < 200; seed++)
        {
            await File.WriteAllBytesAsync(damaged, Damage(whole, new Random(seed)));
            if (await IsRefusedAsync(() => VerifyBackup.RunAsync(damaged, Stop)) && await IsRefusedAsync(() => place.RestoreAsync(damaged)) && place.IsUntouched) continue;
            believed.Add(seed);
        }

        Assert.Empty(believed);
        await VerifyBackup.RunAsync(shelf.Archive, Stop);
    }

    /// <summary>One to three flipped bits anywhere, often near the end where a zip keeps its lists; or cut anywhere; or longer than it was.</summary>
    private static byte[] Damage(byte[] whole, Random random)
    {
        if (random.Next(4) == 0) return whole[..random.Next(whole.Length)];
        if (random.Next(20) == 0) return [.. whole, (byte)random.Next(256)];
        var damaged = (byte[])whole.Clone();
        var from = random.Next(2) == 0 ? 0 : whole.Length - 2_000;
        var places = Enumerable.Range(from, whole.Length - from).ToArray();
        foreach (var at in random.GetItems(places, random.Next(1, 4)).Distinct()) damaged[at] ^= (byte)(1 << random.Next(8));
        return damaged;
    }

    private static async Task<bool> IsRefusedAsync(Func<Task> work)
    {
        try { await work(); }
        catch (RuleBroken) { return true; }
        return false;
    }

    [Theory]
    [InlineData("files/01/../../../classhub")]
    [InlineData("files/02/" + Key)]
    [InlineData("/etc/passwd")]
    [InlineData("files\\01\\" + Key)]
    [InlineData("classhub.dump")]
    public async Task A_name_that_no_backup_has_is_refused_although_the_list_names_it(string name) =>
        Assert.False(await IsBelievedAsync([("classhub.db", "db"), (name, "x")], [("classhub.db", "db"), (name, "x")]));

    [Fact]
    public async Task What_the_list_does_not_name_is_refused() => Assert.False(await IsBelievedAsync([("classhub.db", "db"), (Stored, "x")], [("classhub.db", "db")]));

    [Fact]
    public async Task What_the_list_names_must_be_there() => Assert.False(await IsBelievedAsync([("classhub.db", "db")], [("classhub.db", "db"), (Stored, "x")]));

    [Fact]
    public async Task The_same_name_twice_is_refused() => Assert.False(await IsBelievedAsync([("classhub.db", "db"), (Stored, "x"), (Stored, "y")], [("classhub.db", "db"), (Stored, "x")]));

    [Fact]
    public async Task Other_bytes_than_the_list_says_are_refused() => Assert.False(await IsBelievedAsync([("classhub.db", "db"), (Stored, "y")], [("classhub.db", "db"), (Stored, "x")]));

    [Fact]
    public async Task A_backup_of_a_newer_program_is_refused() => Assert.False(await IsBelievedAsync([("classhub.db", "db")], [("classhub.db", "db")], format: 2));

    [Fact]
    public async Task A_backup_without_a_database_is_refused() => Assert.False(await IsBelievedAsync([(Stored, "x")], [(Stored, "x")]));

    [Fact]
    public async Task What_is_made_by_these_tests_is_otherwise_well() => Assert.True(await IsBelievedAsync([("classhub.db", "db"), (Stored, "x")], [("classhub.db", "db"), (Stored, "x")]));

    [Fact]
    public async Task A_snapshot_that_is_no_database_is_found_out()
    {
        using var file = new Temporary();
        await MakeAsync(file.Path, [("classhub.db", "not a database")], [("classhub.db", "not a database")], 1);

        Assert.True(await IsRefusedAsync(() => VerifyBackup.RunAsync(file.Path, Stop)));
    }

    private static async Task<bool> IsBelievedAsync((string, string)[] there, (string, string)[] said, int format = 1)
    {
        using var file = new Temporary();
        await MakeAsync(file.Path, there, said, format);
        return !await IsRefusedAsync(async () => (await CheckedArchive.OpenAsync(file.Path, Stop)).Dispose());
    }

    /// <summary>A sealed archive that says what we like.</summary>
    private static async Task MakeAsync(string path, (string Name, string Words)[] there, (string Name, string Words)[] said, int format)
    {
        await using var archive = new FileStream(path, FileMode.Create, FileAccess.ReadWrite);
        using (var zip = new ZipArchive(archive, ZipArchiveMode.Create, leaveOpen: true) { Comment = Seal.Open })
        {
            foreach (var (name, words) in there) await AddAsync(zip, name, stream => stream.WriteAsync(Bytes(words)).AsTask());
            var manifest = new Manifest(format, "test", Everybody.MondayNine, "SQLite", [.. said.Select(s => new Manifest.Entry(s.Name, s.Words.Length, Convert.ToHexStringLower(SHA256.HashData(Bytes(s.Words)))))], [], []);
            await AddAsync(zip, Manifest.EntryName, stream => manifest.WriteAsync(stream, Stop));
        }
        await Seal.CloseAsync(archive, Stop);
    }

    private static async Task AddAsync(ZipArchive zip, string name, Func<Stream, Task> write)
    {
        await using var entry = await zip.CreateEntry(name, CompressionLevel.NoCompression).OpenAsync();
        await write(entry);
    }

    private static byte[] Bytes(string words) => System.Text.Encoding.UTF8.GetBytes(words);

    private sealed class Temporary : IDisposable
    {
        public string Path { get; } = System.IO.Path.GetTempFileName();
        public void Dispose() => File.Delete(Path);
    }
}
