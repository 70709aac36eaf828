using ClassHub.Classes;
using ClassHub.Media;

namespace ClassHub.Web.Ui;

public static class TakingFiles
{
    /// <summary>Stores what a form carried, before anything else is decided: a file that arrived is not lost by a slip elsewhere in the form.</summary>
    public static async Task<List<StoredFile>> KeepAllAsync(this KeepFile keep, IEnumerable<IFormFile> files, Viewer viewer, int classId, CancellationToken stop)
    {
        var kept = new List<StoredFile>();
        foreach (var file in files.Where(f => f.Length > 0 || f.FileName != ""))
        {
            await using var content = file.OpenReadStream();
            kept.Add(await keep.RunAsync(content, file.FileName, viewer.PersonId, viewer.IsStaff, classId, stop));
        }
        return kept;
    }
}
