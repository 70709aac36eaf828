using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.People;
using ClassHub.School;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Tests;

/// <summary>The people whom all tests know, and the two classes.</summary>
public static class Everybody
{
    /// <summary>Monday, 9:00 at school.</summary>
    public static readonly DateTimeOffset MondayNine = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    public static async Task MoveInAsync(ClassHubDb db)
    {
        await db.Database.MigrateAsync();
        var longAgo = MondayNine.AddDays(-80);
        db.Add(new SchoolProfile("Hazel Grove Primary", "Europe/London", SchoolDays.MondayToFriday, new(8, 30), longAgo));
        var maple = new SchoolClass("5 Maple", Subject.Maths, longAgo);
        var rowan = new SchoolClass("6 Rowan", Subject.Science, longAgo);
        db.AddRange(maple, rowan);

        Person Staff(string title, string forename, string surname, bool isOffice = false)
        {
            var person = new Person(Role.Staff, forename, surname, longAgo, title: title);
            person.MakeOffice(isOffice);
            return MovesIn(person, surname);
        }
        Person Pupil(string forename, string surname) => MovesIn(new Person(Role.Pupil, forename, surname, longAgo, yearGroup: "Year 5"), forename);
        Person MovesIn(Person person, string userName)
        {
            db.Add(person);
            db.Add(new Account(person, userName));
            return person;
        }
        db.AddRange(
            new Membership(maple, Staff("Mr", "Chidi", "Okafor"), isTeacher: true, isFirst: true, longAgo),
            new Membership(maple, Staff("Ms", "Priya", "Nair"), isTeacher: true, isFirst: false, longAgo),
            new Membership(rowan, Staff("Mr", "Tom", "Weller"), isTeacher: true, isFirst: true, longAgo),
            new Membership(maple, Pupil("Amira", "Haddad"), isTeacher: false, isFirst: false, longAgo),
            new Membership(maple, Pupil("Ben", "Fisher"), isTeacher: false, isFirst: false, longAgo),
            new Membership(rowan, Pupil("Kai", "Moana"), isTeacher: false, isFirst: false, longAgo));
        Staff("Ms", "Lena", "Hart", isOffice: true);
        await db.SaveChangesAsync();
    }
}
