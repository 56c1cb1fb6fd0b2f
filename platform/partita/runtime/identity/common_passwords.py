"""Passwords that everybody tries first: long ones, and the stems that people lengthen with digits and signs."""

_WORDS = """
    password passwort passw0rd p@ssw0rd p@ssword pa$$word password1 mypassword newpassword password123 password1234
    passwordpassword qwerty qwertyuiop qwerty123 qwerty12345 qwerty123456 qwertyqwerty 1q2w3e4r5t6y 1q2w3e4r 1qaz2wsx
    qazwsx qazwsxedc zaq12wsx zxcvbnm asdfghjkl asdfgh letmein letmeinplease welcome welcome1 iloveyou iloveyouforever
    admin administrator superadmin root rootroot toor guest user username login changeme changemenow
    default secret topsecret master superman batman dragon monkey football baseball basketball sunshine princess
    shadow trustno1 starwars michael jennifer jordan hunter killer charlie freedom whatever internet computer samsung
    google abc123 abcdefg abcdefghijkl correcthorsebatterystaple correct horse battery staple
    пароль парольпароль мойпароль новыйпароль йцукен йцукенгшщзхъ йцукенйцукен ячсмить фывапролджэ фывапрол
    привет приветпривет любовь солнышко россия москва наташа максим андрей сергей зенит спартак админ администратор
    gfhjkm gfhjkmgfhjkm ghbdtn ghbdtnghbdtn ytpyf.gfhjkm cfvceyu kbpjxrf vfrcbv
    partita partitapartita demodemodemo demo test testtest testtesttest testing tester
"""
COMMON = frozenset(word for line in _WORDS.splitlines() for word in line.split())
