namespace ClassHub.Media;

/// <summary>How much a school takes in. Settings under ClassHub:Files; all sizes in bytes.</summary>
public sealed class FileLimits
{
    public long PupilFile { get; set; } = 50 * Sizes.Mega;
    public long StaffFile { get; set; } = 250 * Sizes.Mega;
    public int FilesAPost { get; set; } = 20;
    public long Pupil { get; set; } = 2L << 30;
    public long Class { get; set; } = 50L << 30;

    public long OneFile(bool isStaff) => isStaff ? StaffFile : PupilFile;
}
