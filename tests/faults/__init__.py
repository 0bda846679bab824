"""What breaks around the program: kills, full disks, closed folders, closed streams, clocks that jump."""
