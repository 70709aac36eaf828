using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ClassHub.Database.Sqlite
{
    /// <inheritdoc />
    public partial class RealDevices : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_People_Role_Surname_Forename_Id",
                table: "People");

            migrationBuilder.AddColumn<string>(
                name: "SentSha256",
                table: "Uploads",
                type: "TEXT",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "DraftPage",
                table: "Submissions",
                type: "TEXT",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "WasOnTime",
                table: "Submissions",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "AccountId",
                table: "SignInThrottles",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "DayBeganAt",
                table: "SignInThrottles",
                type: "TEXT",
                nullable: false,
                defaultValue: new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified));

            migrationBuilder.AddColumn<DateTime>(
                name: "LetInUntil",
                table: "SignInThrottles",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Misses",
                table: "SignInThrottles",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "NextTimeZone",
                table: "School",
                type: "TEXT",
                maxLength: 60,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "ZoneChangedAt",
                table: "School",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "ZoneMovesUpTo",
                table: "School",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "Formulae",
                table: "Posts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Rules",
                table: "Posts",
                type: "TEXT",
                maxLength: 30,
                nullable: false,
                defaultValue: "First");

            migrationBuilder.AddColumn<string>(
                name: "Words",
                table: "Posts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Name",
                table: "People",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "SortName",
                table: "People",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Words",
                table: "People",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Trouble",
                table: "MessageSettings",
                type: "TEXT",
                maxLength: 30,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "TroubleAt",
                table: "MessageSettings",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Address",
                table: "Messages",
                type: "TEXT",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "OpenedAt",
                table: "Marks",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "TakenBackAt",
                table: "Marks",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Misses",
                table: "KnownDevices",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "Code",
                table: "GuardianLinks",
                type: "TEXT",
                maxLength: 8,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "CodeTries",
                table: "GuardianLinks",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "Words",
                table: "Files",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Words",
                table: "Captions",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "PasswordById",
                table: "Accounts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "PasswordEndsAt",
                table: "Accounts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "PasswordMadeAt",
                table: "Accounts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "EarlierDrafts",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    SubmissionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Text = table.Column<string>(type: "TEXT", nullable: false),
                    SavedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ReplacedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    IsToTell = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_EarlierDrafts", x => x.Id);
                    table.ForeignKey(
                        name: "FK_EarlierDrafts_Submissions_SubmissionId",
                        column: x => x.SubmissionId,
                        principalTable: "Submissions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "HandInWishes",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    SubmissionId = table.Column<int>(type: "INTEGER", nullable: false),
                    PupilId = table.Column<int>(type: "INTEGER", nullable: false),
                    Key = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Text = table.Column<string>(type: "TEXT", nullable: true),
                    IsOnPaper = table.Column<bool>(type: "INTEGER", nullable: false),
                    PressedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    MadeAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Awaits = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HandInWishes", x => x.Id);
                    table.ForeignKey(
                        name: "FK_HandInWishes_Submissions_SubmissionId",
                        column: x => x.SubmissionId,
                        principalTable: "Submissions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Reminders",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    TaskId = table.Column<int>(type: "INTEGER", nullable: false),
                    ByPersonId = table.Column<int>(type: "INTEGER", nullable: false),
                    GoesAt = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Reminders", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Reminders_People_ByPersonId",
                        column: x => x.ByPersonId,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_Reminders_Tasks_TaskId",
                        column: x => x.TaskId,
                        principalTable: "Tasks",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "SetUpWords",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    Words = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SetUpWords", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "TaskWordings",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    TaskId = table.Column<int>(type: "INTEGER", nullable: false),
                    Title = table.Column<string>(type: "TEXT", nullable: false),
                    Body = table.Column<string>(type: "TEXT", nullable: false),
                    Rules = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false, defaultValue: "First"),
                    Formulae = table.Column<string>(type: "TEXT", nullable: true),
                    ReplacedAt = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TaskWordings", x => x.Id);
                    table.ForeignKey(
                        name: "FK_TaskWordings_Tasks_TaskId",
                        column: x => x.TaskId,
                        principalTable: "Tasks",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "TeachingRequests",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    ClassId = table.Column<int>(type: "INTEGER", nullable: false),
                    PersonId = table.Column<int>(type: "INTEGER", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    AskedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    AnsweredAt = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TeachingRequests", x => x.Id);
                    table.ForeignKey(
                        name: "FK_TeachingRequests_Classes_ClassId",
                        column: x => x.ClassId,
                        principalTable: "Classes",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_TeachingRequests_People_PersonId",
                        column: x => x.PersonId,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ZoneMoves",
                columns: table => new
                {
                    PostId = table.Column<int>(type: "INTEGER", nullable: false),
                    PupilId = table.Column<int>(type: "INTEGER", nullable: false),
                    OutFrom = table.Column<DateTime>(type: "TEXT", nullable: true),
                    OutTo = table.Column<DateTime>(type: "TEXT", nullable: true),
                    DueFrom = table.Column<DateTime>(type: "TEXT", nullable: true),
                    DueTo = table.Column<DateTime>(type: "TEXT", nullable: true),
                    CloseFrom = table.Column<DateTime>(type: "TEXT", nullable: true),
                    CloseTo = table.Column<DateTime>(type: "TEXT", nullable: true),
                    OnTodayUntil = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ZoneMoves", x => new { x.PostId, x.PupilId });
                    table.ForeignKey(
                        name: "FK_ZoneMoves_Posts_PostId",
                        column: x => x.PostId,
                        principalTable: "Posts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "EarlierDraftFiles",
                columns: table => new
                {
                    EarlierDraftId = table.Column<int>(type: "INTEGER", nullable: false),
                    FileId = table.Column<int>(type: "INTEGER", nullable: false),
                    Place = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_EarlierDraftFiles", x => new { x.EarlierDraftId, x.FileId });
                    table.ForeignKey(
                        name: "FK_EarlierDraftFiles_EarlierDrafts_EarlierDraftId",
                        column: x => x.EarlierDraftId,
                        principalTable: "EarlierDrafts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_EarlierDraftFiles_Files_FileId",
                        column: x => x.FileId,
                        principalTable: "Files",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ReminderPupils",
                columns: table => new
                {
                    ReminderId = table.Column<int>(type: "INTEGER", nullable: false),
                    PupilId = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReminderPupils", x => new { x.ReminderId, x.PupilId });
                    table.ForeignKey(
                        name: "FK_ReminderPupils_People_PupilId",
                        column: x => x.PupilId,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ReminderPupils_Reminders_ReminderId",
                        column: x => x.ReminderId,
                        principalTable: "Reminders",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_SignInThrottles_AccountId",
                table: "SignInThrottles",
                column: "AccountId");

            migrationBuilder.CreateIndex(
                name: "IX_Posts_WithoutWords",
                table: "Posts",
                column: "Id",
                filter: "\"Words\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_People_Role_SortName_Id",
                table: "People",
                columns: new[] { "Role", "SortName", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_KnownDevices_KeyHash",
                table: "KnownDevices",
                column: "KeyHash");

            migrationBuilder.CreateIndex(
                name: "IX_Files_WithoutWords",
                table: "Files",
                column: "Id",
                filter: "\"Words\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_EarlierDraftFiles_FileId",
                table: "EarlierDraftFiles",
                column: "FileId");

            migrationBuilder.CreateIndex(
                name: "IX_EarlierDrafts_ReplacedAt",
                table: "EarlierDrafts",
                column: "ReplacedAt");

            migrationBuilder.CreateIndex(
                name: "IX_EarlierDrafts_SubmissionId",
                table: "EarlierDrafts",
                column: "SubmissionId");

            migrationBuilder.CreateIndex(
                name: "IX_HandInWishes_PupilId",
                table: "HandInWishes",
                column: "PupilId");

            migrationBuilder.CreateIndex(
                name: "IX_HandInWishes_SubmissionId_Key",
                table: "HandInWishes",
                columns: new[] { "SubmissionId", "Key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ReminderPupils_PupilId",
                table: "ReminderPupils",
                column: "PupilId");

            migrationBuilder.CreateIndex(
                name: "IX_Reminders_ByPersonId",
                table: "Reminders",
                column: "ByPersonId");

            migrationBuilder.CreateIndex(
                name: "IX_Reminders_GoesAt",
                table: "Reminders",
                column: "GoesAt");

            migrationBuilder.CreateIndex(
                name: "IX_Reminders_TaskId",
                table: "Reminders",
                column: "TaskId");

            migrationBuilder.CreateIndex(
                name: "IX_TaskWordings_TaskId_ReplacedAt",
                table: "TaskWordings",
                columns: new[] { "TaskId", "ReplacedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_TeachingRequests_ClassId",
                table: "TeachingRequests",
                column: "ClassId");

            migrationBuilder.CreateIndex(
                name: "IX_TeachingRequests_PersonId",
                table: "TeachingRequests",
                column: "PersonId");

            migrationBuilder.AddForeignKey(
                name: "FK_SignInThrottles_Accounts_AccountId",
                table: "SignInThrottles",
                column: "AccountId",
                principalTable: "Accounts",
                principalColumn: "Id",
                onDelete: ReferentialAction.Cascade);

            // What was handed in on time before ClassHub wrote that down.
            migrationBuilder.Sql("""
                UPDATE "Submissions" SET "WasOnTime" = TRUE WHERE "HandedInAt" IS NOT NULL AND NOT EXISTS (
                    SELECT 1 FROM "Tasks" t WHERE t."Id" = "Submissions"."TaskId" AND t."DueAt" < "Submissions"."HandedInAt" AND NOT EXISTS (
                        SELECT 1 FROM "Arrangements" a WHERE a."TaskId" = t."Id" AND a."PupilId" = "Submissions"."PupilId" AND a."DueAt" >= "Submissions"."HandedInAt"))
                """);

            // One-time passwords that were given out before there was an end to them end in 14 days, too.
            migrationBuilder.Sql("""UPDATE "Accounts" SET "PasswordEndsAt" = strftime('%Y-%m-%d %H:%M:%S', 'now', '+14 days') WHERE "MustChangePassword";""");

            // What the program keeps anew for rows without words, near enough until then.
            migrationBuilder.Sql("""UPDATE "People" SET "Name" = trim("Forename" || ' ' || "Surname"), "SortName" = lower("Surname" || ' . ' || "Forename");""");

            // Beside each table whose rows have words its index, which splits them by blanks and follows the table.
            foreach (var (table, key) in new[] { ("Posts", "Id"), ("Files", "Id"), ("Captions", "FileId") })
            {
                var put = $"""INSERT INTO "{table}Index"(rowid, "Words") SELECT new."{key}", new."Words" WHERE new."Words" IS NOT NULL;""";
                var take = $"""INSERT INTO "{table}Index"("{table}Index", rowid, "Words") SELECT 'delete', old."{key}", old."Words" WHERE old."Words" IS NOT NULL;""";
                migrationBuilder.Sql($"""CREATE VIRTUAL TABLE "{table}Index" USING fts5("Words", content='{table}', content_rowid='{key}', tokenize='ascii', detail='none', columnsize=0);""");
                migrationBuilder.Sql($"""CREATE TRIGGER "{table}Index_Added" AFTER INSERT ON "{table}" BEGIN {put} END;""");
                migrationBuilder.Sql($"""CREATE TRIGGER "{table}Index_Gone" AFTER DELETE ON "{table}" BEGIN {take} END;""");
                migrationBuilder.Sql($"""CREATE TRIGGER "{table}Index_Changed" AFTER UPDATE OF "Words" ON "{table}" BEGIN {take} {put} END;""");
            }
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            foreach (var table in new[] { "Posts", "Files", "Captions" })
            {
                foreach (var when in new[] { "Added", "Gone", "Changed" }) migrationBuilder.Sql($"""DROP TRIGGER "{table}Index_{when}";""");
                migrationBuilder.Sql($"""DROP TABLE "{table}Index";""");
            }

            migrationBuilder.DropForeignKey(
                name: "FK_SignInThrottles_Accounts_AccountId",
                table: "SignInThrottles");

            migrationBuilder.DropTable(
                name: "EarlierDraftFiles");

            migrationBuilder.DropTable(
                name: "HandInWishes");

            migrationBuilder.DropTable(
                name: "ReminderPupils");

            migrationBuilder.DropTable(
                name: "SetUpWords");

            migrationBuilder.DropTable(
                name: "TaskWordings");

            migrationBuilder.DropTable(
                name: "TeachingRequests");

            migrationBuilder.DropTable(
                name: "ZoneMoves");

            migrationBuilder.DropTable(
                name: "EarlierDrafts");

            migrationBuilder.DropTable(
                name: "Reminders");

            migrationBuilder.DropIndex(
                name: "IX_SignInThrottles_AccountId",
                table: "SignInThrottles");

            migrationBuilder.DropIndex(
                name: "IX_Posts_WithoutWords",
                table: "Posts");

            migrationBuilder.DropIndex(
                name: "IX_People_Role_SortName_Id",
                table: "People");

            migrationBuilder.DropIndex(
                name: "IX_KnownDevices_KeyHash",
                table: "KnownDevices");

            migrationBuilder.DropIndex(
                name: "IX_Files_WithoutWords",
                table: "Files");

            migrationBuilder.DropColumn(
                name: "SentSha256",
                table: "Uploads");

            migrationBuilder.DropColumn(
                name: "DraftPage",
                table: "Submissions");

            migrationBuilder.DropColumn(
                name: "WasOnTime",
                table: "Submissions");

            migrationBuilder.DropColumn(
                name: "AccountId",
                table: "SignInThrottles");

            migrationBuilder.DropColumn(
                name: "DayBeganAt",
                table: "SignInThrottles");

            migrationBuilder.DropColumn(
                name: "LetInUntil",
                table: "SignInThrottles");

            migrationBuilder.DropColumn(
                name: "Misses",
                table: "SignInThrottles");

            migrationBuilder.DropColumn(
                name: "NextTimeZone",
                table: "School");

            migrationBuilder.DropColumn(
                name: "ZoneChangedAt",
                table: "School");

            migrationBuilder.DropColumn(
                name: "ZoneMovesUpTo",
                table: "School");

            migrationBuilder.DropColumn(
                name: "Formulae",
                table: "Posts");

            migrationBuilder.DropColumn(
                name: "Rules",
                table: "Posts");

            migrationBuilder.DropColumn(
                name: "Words",
                table: "Posts");

            migrationBuilder.DropColumn(
                name: "Name",
                table: "People");

            migrationBuilder.DropColumn(
                name: "SortName",
                table: "People");

            migrationBuilder.DropColumn(
                name: "Words",
                table: "People");

            migrationBuilder.DropColumn(
                name: "Trouble",
                table: "MessageSettings");

            migrationBuilder.DropColumn(
                name: "TroubleAt",
                table: "MessageSettings");

            migrationBuilder.DropColumn(
                name: "Address",
                table: "Messages");

            migrationBuilder.DropColumn(
                name: "OpenedAt",
                table: "Marks");

            migrationBuilder.DropColumn(
                name: "TakenBackAt",
                table: "Marks");

            migrationBuilder.DropColumn(
                name: "Misses",
                table: "KnownDevices");

            migrationBuilder.DropColumn(
                name: "Code",
                table: "GuardianLinks");

            migrationBuilder.DropColumn(
                name: "CodeTries",
                table: "GuardianLinks");

            migrationBuilder.DropColumn(
                name: "Words",
                table: "Files");

            migrationBuilder.DropColumn(
                name: "Words",
                table: "Captions");

            migrationBuilder.DropColumn(
                name: "PasswordById",
                table: "Accounts");

            migrationBuilder.DropColumn(
                name: "PasswordEndsAt",
                table: "Accounts");

            migrationBuilder.DropColumn(
                name: "PasswordMadeAt",
                table: "Accounts");

            migrationBuilder.CreateIndex(
                name: "IX_People_Role_Surname_Forename_Id",
                table: "People",
                columns: new[] { "Role", "Surname", "Forename", "Id" });
        }
    }
}
