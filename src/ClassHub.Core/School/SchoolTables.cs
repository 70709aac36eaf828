using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClassHub.School;

internal sealed class SchoolTable : IEntityTypeConfiguration<SchoolProfile>
{
    public void Configure(EntityTypeBuilder<SchoolProfile> school)
    {
        school.ToTable("School");
        school.Property(s => s.Id).ValueGeneratedNever();
        school.Property(s => s.Name).HasMaxLength(100);
        school.Property(s => s.TimeZone).HasMaxLength(60);
        school.Property(s => s.NextTimeZone).HasMaxLength(60);
        school.Property(s => s.ZoneMovesUpTo).IsConcurrencyToken();
    }
}

internal sealed class HolidayTable : IEntityTypeConfiguration<Holiday>
{
    public void Configure(EntityTypeBuilder<Holiday> holiday) => holiday.Property(h => h.Name).HasMaxLength(60);
}
