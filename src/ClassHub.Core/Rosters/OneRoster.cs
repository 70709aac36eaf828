using System.Globalization;
using ClassHub.Classes;
using ClassHub.People;

namespace ClassHub.Rosters;

/// <summary>Reads a OneRoster 1.1 bulk export: users, classes and who is enrolled where today. E-mail addresses, telephone numbers and passwords are passed by.</summary>
internal sealed class OneRoster(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, DateOnly today)
{
    private const string Users = "users.csv", ClassList = "classes.csv", Enrolments = "enrollments.csv", Terms = "academicSessions.csv", Courses = "courses.csv", Manifest = "manifest.csv";

    private readonly RosterLines lines = new();
    /// <summary>Ids that are in the file and are passed by on purpose, so that an enrolment of theirs is no mistake.</summary>
    private readonly HashSet<string> passedBy = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RosterPerson> people = new(StringComparer.Ordinal);
    private readonly HashSet<string> classes = new(StringComparer.Ordinal);
    private int guardians, notNow;

    public RosterContent Read()
    {
        var absent = ReadManifest();
        foreach (var row in Rows(Users, RosterLimits.Rows, "sourcedId", "role", "givenName", "familyName")) TakeUser(row);
        var hasClasses = files.ContainsKey(ClassList) && !absent.Contains("classes");
        var hasSeats = hasClasses && files.ContainsKey(Enrolments) && !absent.Contains("enrollments");
        if (hasClasses) ReadClasses();
        if (hasSeats)
            foreach (var row in Rows(Enrolments, RosterLimits.Enrolments, "classSourcedId", "userSourcedId", "role")) TakeEnrolment(row);

        if (lines.People.Count == 0 && lines.BadLines.Count == 0) throw new RuleBroken("There is nobody in users.csv.", "Files");
        if (guardians > 0) lines.Notes.Add($"{(guardians == 1 ? "1 guardian is" : $"{guardians:N0} guardians are")} passed by: ClassHub keeps pupils and staff.");
        if (notNow > 0) lines.Notes.Add($"{(notNow == 1 ? "1 enrolment is" : $"{notNow:N0} enrolments are")} passed by, because {(notNow == 1 ? "it is" : "they are")} over or not begun.");
        return lines.Content(RosterKind.OneRoster, namesWholeSchool: true, namesSeats: hasSeats);
    }

    /// <summary>Names of files that the manifest calls absent.</summary>
    private HashSet<string> ReadManifest()
    {
        var absent = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        if (!files.ContainsKey(Manifest)) return absent;
        foreach (var row in Rows(Manifest, RosterLimits.Rows, "propertyName", "value"))
        {
            var (property, value) = (row["propertyName"], row["value"].ToLowerInvariant());
            if (property.Equals("oneroster.version", StringComparison.OrdinalIgnoreCase) && value is not ("" or "1.1" or "1.2"))
                throw new RuleBroken($"This is OneRoster {PlainText.Line(value, 20)}. ClassHub reads 1.1 exports.", "Files");
            if (!property.StartsWith("file.", StringComparison.OrdinalIgnoreCase)) continue;
            if (value == "delta" && property[5..].ToLowerInvariant() is "users" or "classes" or "enrollments")
                throw new RuleBroken("This export holds only what changed (delta). Ask the school's system for a full (bulk) export.", "Files");
            if (value == "absent") absent.Add(property[5..]);
        }
        return absent.Contains("users") ? throw new RuleBroken("The manifest says that users.csv is absent, and without it there is nobody to bring in.", "Files") : absent;
    }

    private void TakeUser(Row row)
    {
        var (key, role) = (row["sourcedId"], row["role"].ToLowerInvariant());
        if (row.IsGone || row["enabledUser"].Equals("false", StringComparison.OrdinalIgnoreCase)) { passedBy.Add(key); return; }
        if (role is "guardian" or "parent" or "relative") { passedBy.Add(key); guardians++; return; }
        if (role is not ("student" or "teacher" or "administrator" or "aide" or "proctor")) { lines.Refuse(Users, row.Line, $"has a role ClassHub does not know: “{PlainText.Line(role, 30)}”"); return; }

        var isPupil = role == "student";
        var userName = row["username"].Split('@')[0];
        var person = lines.Take(new(Users, row.Line, key, row["identifier"] is { Length: > 0 and <= 80 } other && other != key ? other : null, isPupil ? Role.Pupil : Role.Staff,
            row["givenName"], row["familyName"], !isPupil && row["metadata.title"] is { Length: > 0 } title ? PlainText.Line(title, 20) : null,
            isPupil ? RosterWords.YearOf(row["grades"]) : null,
            Usernames.Tidy(userName) is { Length: >= Usernames.Shortest and <= Usernames.Longest } name ? name : null, role == "administrator"));
        if (person is not null) people[key] = person;
        else if (!people.ContainsKey(key)) passedBy.Add(key);        // one sentence for the line is enough: not one more for each of its classes
    }

    private void ReadClasses()
    {
        var over = new HashSet<string>(StringComparer.Ordinal);
        if (files.ContainsKey(Terms))
            foreach (var row in Rows(Terms, RosterLimits.Rows, "sourcedId", "endDate"))
                if (row.IsGone || (Day(row["endDate"], out var end) && end is not null && end <= today)) over.Add(row["sourcedId"]);
        var courses = new Dictionary<string, string>(StringComparer.Ordinal);
        if (files.ContainsKey(Courses))
            foreach (var row in Rows(Courses, RosterLimits.Rows, "sourcedId", "title"))
                courses[row["sourcedId"]] = row["subjects"] is { Length: > 0 } subjects ? subjects : row["title"];

        foreach (var row in Rows(ClassList, RosterLimits.Rows, "sourcedId", "title"))
        {
            var key = row["sourcedId"];
            var terms = row["termSourcedIds"].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            if (row.IsGone || (terms.Length > 0 && terms.All(over.Contains))) { passedBy.Add("class:" + key); continue; }
            var subjects = row["subjects"] is { Length: > 0 } named ? named : courses.GetValueOrDefault(row["courseSourcedId"], "");
            var (name, subject) = RosterWords.ClassOf(row["title"], subjects);
            if (key == "" || key.Length > 80) lines.Refuse(ClassList, row.Line, key == "" ? "has no id" : "has an id longer than 80 characters");
            else if (name == "") lines.Refuse(ClassList, row.Line, "has no title");
            else if (name.Length > SchoolClass.LongestName) lines.Refuse(ClassList, row.Line, $"has a title longer than {SchoolClass.LongestName} characters");
            else if (!classes.Add(key)) lines.Refuse(ClassList, row.Line, $"has the id {PlainText.Line(key, 40)}, which another class has already");
            else lines.Classes.Add(new(key, name, subject));
        }
    }

    private void TakeEnrolment(Row row)
    {
        var (classKey, userKey, role) = (row["classSourcedId"], row["userSourcedId"], row["role"].ToLowerInvariant());
        if (row.IsGone || passedBy.Contains("class:" + classKey) || passedBy.Contains(userKey)) return;
        if (!Day(row["beginDate"], out var begin) || !Day(row["endDate"], out var end)) { lines.Refuse(Enrolments, row.Line, "has a date that is none. Dates look like 2026-09-01"); return; }
        if (begin > today || end <= today) { notNow++; return; }
        if (!classes.Contains(classKey)) { lines.Refuse(Enrolments, row.Line, $"enrols into a class that classes.csv does not have ({Shown(classKey)})"); return; }
        if (!people.TryGetValue(userKey, out var person)) { lines.Refuse(Enrolments, row.Line, $"enrols somebody who is not in users.csv ({Shown(userKey)})"); return; }

        var isTeacher = role is "teacher" or "aide" or "administrator" or "proctor";
        if (!isTeacher && role != "student") { lines.Refuse(Enrolments, row.Line, $"has a role ClassHub does not know: “{Shown(role)}”"); return; }
        if (isTeacher != (person.Role == Role.Staff)) { lines.Refuse(Enrolments, row.Line, $"enrols {person.Name} as {role}, but users.csv says otherwise"); return; }
        lines.Seats.Add(new(userKey, classKey, isTeacher, isTeacher && row["primary"].Equals("true", StringComparison.OrdinalIgnoreCase)));
    }

    private static string Shown(string words) => PlainText.Line(words, 40) is { Length: > 0 } some ? some : "empty";

    /// <summary>False when something stands there that is no date; an empty cell is no date and no mistake.</summary>
    private static bool Day(string text, out DateOnly? day)
    {
        day = null;
        if (text == "") return true;
        if (!DateOnly.TryParseExact(text.Length > 10 ? text[..10] : text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read)) return false;
        day = read;
        return true;
    }

    /// <exception cref="RuleBroken">A column that is needed is not there.</exception>
    private IEnumerable<Row> Rows(string file, int most, params string[] needed)
    {
        Dictionary<string, int>? columns = null;
        foreach (var line in RosterTable.Read(files[file], most))
        {
            if (columns is null)
            {
                columns = new(StringComparer.OrdinalIgnoreCase);
                for (var i = 0; i < line.Cells.Length; i++) columns.TryAdd(line.Cells[i].Trim(), i);
                if (needed.FirstOrDefault(n => !columns.ContainsKey(n)) is { } missing) throw new RuleBroken($"{file} has no column “{missing}”. Nothing was changed.", "Files");
            }
            else if (line.Fault is { } fault) lines.Refuse(file, line.Number, fault);
            else if (!line.IsEmpty && line.Cells.Length > columns.Count && line.Cells.Skip(columns.Count).Any(c => c.Length > 0)) lines.Refuse(file, line.Number, "has more cells than there are columns");
            else if (!line.IsEmpty) yield return new(line, columns);
        }
    }

    private readonly record struct Row(RosterLine Cells, Dictionary<string, int> Columns)
    {
        public int Line => Cells.Number;
        public string this[string column] => Cells[Columns.GetValueOrDefault(column, -1)];
        public bool IsGone => this["status"].Equals("tobedeleted", StringComparison.OrdinalIgnoreCase);
    }
}
