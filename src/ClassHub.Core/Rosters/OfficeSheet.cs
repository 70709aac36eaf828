using ClassHub.Classes;
using ClassHub.People;

namespace ClassHub.Rosters;

/// <summary>A list of pupils as a school office exports it: id, forename, surname, year, class. Columns are found by their names, in any order.</summary>
internal static class OfficeSheet
{
    // The first name found wins: what a child is called goes before what stands in the passport.
    private static readonly string[] Upn = ["upn", "uniquepupilnumber"];
    private static readonly string[] Admission = ["adno", "admno", "admissionno", "admissionnumber", "admissionsnumber", "pupilid", "studentid", "pupilnumber", "studentnumber", "schoolid", "arborid", "misid", "id"];
    private static readonly string[] Forename = ["preferredforename", "chosenforename", "preferredfirstname", "chosenfirstname", "preferredname", "forename", "firstname", "givenname", "legalforename", "legalfirstname"];
    private static readonly string[] Surname = ["preferredsurname", "chosensurname", "preferredlastname", "chosenlastname", "surname", "lastname", "familyname", "legalsurname", "legallastname"];
    private static readonly string[] Year = ["year", "yeargroup", "ncyear", "nationalcurriculumyear", "curriculumyear", "yr", "yeartaughtin"];
    private static readonly string[] Class = ["class", "classname", "teachinggroup", "reg", "reggroup", "registrationgroup", "registrationform", "regform", "form", "formgroup", "tutorgroup"];

    /// <summary>Names of columns may stand below a title or two, not deeper.</summary>
    private const int DeepestHeader = 10;

    /// <summary>Columns that only a list of staff has.</summary>
    private static readonly string[] Staff = ["staffid", "staffcode", "staffnumber", "employeeid", "employeenumber", "teacherid", "teachernumber", "jobtitle"];
    /// <summary>Columns that say year, class or school in words this reading does not know: it would lose them.</summary>
    private static readonly string[] Unread = ["grade", "gradelevel", "homeroom", "section", "sectionid", "sectionname", "course", "coursename", "period"];

    public static RosterContent Read(string file, ReadOnlyMemory<byte> bytes)
    {
        var content = Read(file, bytes, null);
        return RosterText.IsGuessed(bytes.Span) ? UnlikelyNames.Ask(content, old => Read(file, bytes, old)) : content;
    }

    private static RosterContent Read(string file, ReadOnlyMemory<byte> bytes, System.Text.Encoding? old)
    {
        var lines = new RosterLines();
        var classes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        Columns? columns = null;
        foreach (var line in RosterTable.Read(bytes, RosterLimits.Rows, old))
        {
            if (columns is not null) TakeLine(file, line, columns, lines, classes);
            else if (Columns.In(line) is { } found) columns = found;
            else if (line.Number >= DeepestHeader) break;
        }
        if (columns is null)
            throw new RuleBroken("ClassHub found no first line with the names of the columns. It needs an id (UPN or admission number), forename and surname. Nothing was changed.", "Files");
        if (lines.People.Count == 0 && lines.BadLines.Count == 0) throw new RuleBroken("There are no pupils in this file.", "Files");
        return lines.Content(RosterKind.OfficeSheet, namesWholeSchool: false, namesSeats: columns.Class.Length > 0);
    }

    private static void TakeLine(string file, RosterLine line, Columns columns, RosterLines lines, Dictionary<string, string> classes)
    {
        if (line.Fault is null && line.IsEmpty) return;
        if (line.Fault is { } fault) { lines.Refuse(file, line.Number, fault); return; }
        if (line.Cells.Skip(columns.Count).Any(c => !string.IsNullOrWhiteSpace(c))) { lines.Refuse(file, line.Number, "has more cells than there are columns"); return; }

        var upn = First(line, columns.Upn).ToUpperInvariant();
        var admission = First(line, columns.Admission);
        var person = lines.Take(new(file, line.Number, upn != "" ? upn : admission, upn != "" && admission != "" ? admission : null, Role.Pupil,
            First(line, columns.Forename), First(line, columns.Surname), null, RosterWords.YearOf(First(line, columns.Year)), null, false));
        var className = First(line, columns.Class);
        if (person is null || className == "") return;
        if (className.Length > SchoolClass.LongestName) { lines.Refuse(file, line.Number, $"has a class name longer than {SchoolClass.LongestName} characters"); return; }

        if (classes.TryAdd(className, "sheet:" + className))
        {
            var (name, subject) = RosterWords.ClassOf(className, null);
            lines.Classes.Add(new(classes[className], name, subject));
        }
        lines.Seats.Add(new(person.Key, classes[className], false, false));
    }

    private static string First(RosterLine line, int[] columns)
    {
        foreach (var column in columns)
            if (line[column] is { Length: > 0 } cell) return cell;
        return "";
    }

    private sealed record Columns(int Count, int[] Upn, int[] Admission, int[] Forename, int[] Surname, int[] Year, int[] Class)
    {
        public static Columns? In(RosterLine line)
        {
            var names = line.Cells.Select(c => new string([.. c.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)])).ToArray();
            int[] Of(string[] wanted) => [.. wanted.Select(w => Array.IndexOf(names, w)).Where(at => at >= 0)];
            var found = new Columns(names.Length, Of(OfficeSheet.Upn), Of(OfficeSheet.Admission), Of(OfficeSheet.Forename), Of(OfficeSheet.Surname), Of(OfficeSheet.Year), Of(OfficeSheet.Class));
            if (found.Forename.Length == 0 || found.Surname.Length == 0 || found.Upn.Length + found.Admission.Length == 0) return null;
            MustBePupils(line, names, found);
            return found;
        }

        /// <exception cref="RuleBroken">Its people are staff, or something of them would be lost.</exception>
        private static void MustBePupils(RosterLine line, string[] names, Columns found)
        {
            if (Array.FindIndex(names, OfficeSheet.Staff.Contains) is >= 0 and var staff)
                throw new RuleBroken($"This looks like a list of staff: it has a column “{PlainText.Line(line[staff], 40)}”. A sheet brings in pupils only. "
                    + "Bring staff in with a OneRoster export, or add them by hand. Nothing was changed.", "Files");
            var hasOtherId = found.Upn.Length > 0 || found.Admission.Any(at => names[at] != "schoolid");
            var unread = Enumerable.Range(0, names.Length)
                .Where(at => OfficeSheet.Unread.Contains(names[at]) || (hasOtherId && names[at] == "schoolid")).ToList();
            if (unread.Count == 0) return;
            var some = string.Join(", ", unread.Select(at => $"“{PlainText.Line(line[at], 40)}”"));
            throw new RuleBroken($"ClassHub does not know what to do with {some}, and would lose what stands there. "
                + "Call the columns of year and class “Year” and “Class”, take the others out, and choose the file again. Nothing was changed.", "Files");
        }
    }
}
