using System.IO.Compression;

namespace ClassHub.Rosters;

/// <summary>The seven files of a OneRoster export, by name. A zip is read in memory and within limits: its paths are never used and nothing is unpacked to the disk.</summary>
internal static class OneRosterFiles
{
    public static readonly string[] Names = ["manifest.csv", "orgs.csv", "users.csv", "classes.csv", "courses.csv", "enrollments.csv", "academicSessions.csv"];

    public static Dictionary<string, ReadOnlyMemory<byte>> InZip(Stream zip)
    {
        try
        {
            using var archive = new ZipArchive(zip, ZipArchiveMode.Read, leaveOpen: true);
            if (archive.Entries.Count > RosterLimits.ZipEntries) throw new RuleBroken("This zip holds too many files to be a roster. Nothing was changed.", "Files");
            var files = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.OrdinalIgnoreCase);
            var left = RosterLimits.UnpackedBytes;
            foreach (var entry in archive.Entries)
            {
                if (Names.FirstOrDefault(n => n.Equals(entry.Name, StringComparison.OrdinalIgnoreCase)) is not { } name) continue;
                var bytes = Unpack(entry, left);
                left -= bytes.Length;
                if (!files.TryAdd(name, bytes)) throw new RuleBroken($"This zip holds {name} twice. Nothing was changed.", "Files");
            }
            return files.ContainsKey("users.csv") ? files
                : throw new RuleBroken(archive.Entries.Any(e => e.FullName == "[Content_Types].xml")
                    ? "This is a spreadsheet. Save it as CSV first, then choose the CSV file." : "There is no users.csv in this zip, so it is no OneRoster export.", "Files");
        }
        catch (Exception broken) when (broken is InvalidDataException or NotSupportedException or EndOfStreamException or ArgumentException or OverflowException)
        {
            throw new RuleBroken("This zip is damaged or locked with a password. Export it again. Nothing was changed.", "Files");
        }
    }

    private static byte[] Unpack(ZipArchiveEntry entry, long most)
    {
        using var packed = entry.Open();
        using var bytes = new MemoryStream();
        var slice = new byte[81_920];
        for (int read; (read = packed.Read(slice)) > 0;)
        {
            if (bytes.Length + read > most) throw new RuleBroken("Unpacked, this zip is far too big for a roster. Nothing was changed.", "Files");
            bytes.Write(slice, 0, read);
        }
        return bytes.ToArray();
    }

    public static async Task<Dictionary<string, ReadOnlyMemory<byte>>> InFolderAsync(IEnumerable<string> paths, CancellationToken stop)
    {
        var files = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.OrdinalIgnoreCase);
        foreach (var path in paths.Where(p => Names.Contains(Path.GetFileName(p), StringComparer.OrdinalIgnoreCase)))
        {
            if (new FileInfo(path).Length > RosterLimits.UnpackedBytes) throw RosterLimits.TooBig();
            files[Path.GetFileName(path)] = await File.ReadAllBytesAsync(path, stop);
        }
        return files.ContainsKey("users.csv") ? files : throw new RuleBroken("There is no users.csv in this folder, so it is no OneRoster export.", "Files");
    }
}
