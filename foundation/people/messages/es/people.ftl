# Entrar
people-sign-in-heading = Iniciar sesión
people-sign-in-lead = Le enviamos un enlace por correo electrónico. Sin contraseña, nada que recordar. Si aún no tiene cuenta, el enlace la crea.
people-sign-in-email = Su correo electrónico
people-sign-in-email-hint = Por ejemplo nombre@example.org. Nunca se muestra a nadie.
people-sign-in-send = Enviarme el enlace
people-sign-in-sent-heading = Mire su buzón
people-sign-in-sent-lead = Si la dirección puede recibir correo, hay un enlace en camino. Sirve una sola vez, durante { $minutes } minutos.
people-sign-in-sent-no-mail = Este municipio aún no tiene servidor de correo, así que no se puede enviar ningún enlace. Quien lo administra puede imprimir uno: polity sign-in-link.
people-sign-in-sent-help = ¿No llega nada? Mire en la carpeta de correo no deseado, compruebe la dirección y vuelva a pedirlo dentro de unos minutos.
people-sign-in-again = Pedir otro enlace
people-sign-in-outbox = Esto es una demostración: lea el correo en la bandeja de salida
people-sign-in-confirm-heading = ¿Iniciar sesión ahora?
people-sign-in-confirm-lead = Iniciará sesión en este dispositivo como:
people-sign-in-confirm-button = Iniciar sesión
people-sign-in-confirm-not-you = ¿No es su dirección? Entonces cierre esta página.
people-sign-out = Cerrar sesión
people-signed-in = Ha iniciado sesión.
people-signed-out = Ha cerrado la sesión.
people-mail-sign-in-subject = Su enlace para { $town }
people-mail-sign-in-body =
    Alguien, esperamos que usted, pidió un enlace para iniciar sesión en { $town }.

    Abra esta página y pulse el botón:
    { $link }

    El enlace sirve una sola vez, durante { $minutes } minutos. Si no lo pidió, no haga nada: sin el enlace nadie puede entrar con su dirección.

# Cuenta
people-me-heading = Mi cuenta
people-me-lead = Lo que este municipio sabe de usted y lo que puede hacer al respecto.
people-me-handle = En público usted es
people-me-handle-why = El registro público solo le conoce por este seudónimo.
people-me-email = Correo electrónico
people-me-email-why = Solo para nuestros mensajes. Nunca se muestra a nadie.
people-me-since = Cuenta desde
people-me-name = Su nombre
people-me-name-hint = Solo para saludarle. Puede dejarlo vacío.
people-me-language = Su idioma
people-me-save = Guardar
people-me-saved = Guardado.
people-me-mandates = Mis mandatos
people-me-mandates-none = No tiene más mandato que el de ser residente.
people-me-mandates-public = Todos los mandatos del municipio son públicos
people-me-sessions = Dónde tengo la sesión abierta
people-me-session-since = Abierta el
people-me-session-seen = Última visita el
people-me-session-until = Hasta
people-me-end-others = Cerrar las demás sesiones
people-me-others-ended = Ahora solo tiene sesión en este dispositivo.
people-me-programs = Mis programas
people-me-tokens-link = Claves para mis programas
people-me-data = Mis datos
people-me-export = Llevármelo todo (JSON)
people-me-erase-link = Borrar mi cuenta
people-erase-heading = ¿Borrar su cuenta?
people-erase-lead = No se puede deshacer. Su nombre, su correo electrónico y todo lo privado que guardamos de usted se borra ahora, en todas las partes del municipio.
people-erase-stays = Lo que hizo en público queda en el registro bajo su seudónimo { $handle }, que desde entonces no conduce a nadie. Sus mandatos terminan.
people-erase-sure = Sí, borrar mi cuenta y todo lo privado que contiene
people-erase-button = Borrar mi cuenta
people-erase-keep = Conservar mi cuenta
people-erased = Su cuenta está borrada.
people-erased-lead = Se hizo el { $when }. Esta página es su recibo: dice qué se quitó y no nombra a nadie.
people-erased-taken = Lo que se quitó
people-erased-nothing = No había nada más que la cuenta.
people-erased-record = Lo que el registro público aún puede probar
people-erased-salts = { $count ->
    [0] En el registro no había sellos de sus palabras.
    [one] Una entrada del registro tenía un sello de sus palabras. Su sal está borrada: ya nadie puede averiguar ni probar cuáles eran.
   *[other] { $count } entradas del registro tenían sellos de sus palabras. Sus sales están borradas: ya nadie puede averiguar ni probar cuáles eran.
}
people-erased-entries = Estas entradas:
people-erased-stays = Lo que queda
people-erased-stays-public = Lo que hizo en público, bajo un seudónimo que no conduce a nadie.
people-erased-file = La base de datos sobrescribe al momento lo que borra. Además su archivo se escribe de nuevo, para que no quede nada en sus partes sin usar: en minutos en un municipio pequeño, la próxima noche en uno grande.
people-erased-file-elsewhere = La base de datos libera el espacio. Cuándo se sobrescriben los bytes antiguos de su disco depende de ella.
people-erased-copies = Las copias anteriores de la base de datos se guardan { $days } días y contienen lo que había hasta el { $until }. Si hubiera que restaurar una, tendría que borrar su cuenta otra vez.
people-erased-copies-unknown = Las copias anteriores de la base de datos aún contienen lo que había. El municipio no ha dicho aquí cuánto tiempo las guarda: pregunte a { $email }.
people-erased-until = Esta página se puede leer hasta el { $until }. Guarde la dirección si quiere volver antes.
erased-people-account = La cuenta con nombre y dirección
erased-people-sessions = Dispositivos con sesión abierta
erased-people-mandates = Mandatos, que han terminado
erased-people-tokens = Claves para programas
erased-people-mails = Correos para usted
erased-commons-comments = Comentarios
erased-commons-follows = Asuntos que seguía
erased-requests-requests = Avisos: sus palabras, respuestas, fotos y datos de contacto
erased-requests-me-too = Avisos de otros a los que se sumó
erased-requests-desk-views = Vistas de la mesa

# Claves para programas
people-tokens-heading = Claves para mis programas
people-tokens-lead = Con una clave, un programa actúa en su nombre con una de sus funciones, solo en este municipio y hasta el día que usted fije.
people-tokens-none = No tiene claves.
people-tokens-list = Sus claves
people-tokens-make = Crear una clave
people-token-name = ¿Para qué es?
people-token-name-hint = Por ejemplo: importación desde la aplicación de campo
people-token-role = ¿Qué puede hacer?
people-token-days = ¿Cuánto tiempo vale?
people-token-days-count = { $days ->
    [one] un día
   *[other] { $days } días
}
people-token-make-button = Crear la clave
people-token-made-heading = Su clave está creada
people-token-made-lead = Cópiela ahora. Se muestra solo esta vez, porque no guardamos nada de lo que se pueda leer.
people-token-made-label = La clave
people-token-use = Los programas la envían así: Authorization: Bearer CLAVE
people-token-done = La he copiado
people-token-created = Creada el
people-token-expires = Válida hasta
people-token-state = Estado
people-token-in-force = En vigor
people-token-over = Vencida
people-token-revoked = Revocada
people-token-revoke = Revocar
people-token-was-revoked = La clave está revocada. Los programas que la usan se rechazan desde ahora.

# Mandatos
people-mandates-heading = Quién puede hacer qué
people-mandates-lead = Todos los mandatos son públicos: quién lo tiene, para quién, desde cuándo y quién lo dio.
people-mandates-none = Nadie tiene todavía un mandato.
people-mandates-caption = Mandatos en vigor
people-mandate-who = Quién
people-mandate-role = Mandato
people-mandate-for = Para
people-mandate-since = Desde
people-mandate-by = Dado por
people-mandate-town = todo el municipio
people-mandate-setup = la instalación del municipio
people-role-visitor = Visitante
people-role-resident = Residente
people-role-officer = Responsable
people-role-steward = Coordinación de procesos
people-role-moderator = Moderación
people-role-analyst = Análisis
people-role-auditor = Auditoría
people-role-administrator = Administración
people-role-open311 = Programa Open311
people-role-resident-does = Avisa, sigue asuntos, participa.
people-role-officer-does = Responde por una organización.
people-role-steward-does = Coordina los procesos en que participan los residentes.
people-role-moderator-does = Cuida de lo que escriben los residentes.
people-role-analyst-does = Lee cifras que aún no son públicas.
people-role-auditor-does = Lee todo lo que está en el registro y cómo llegó allí.
people-role-administrator-does = Organiza el municipio y da mandatos.
people-role-open311-does = Permite que un programa hable Open311 por otros.

# Administración
people-admin-people-heading = Personas y mandatos
people-admin-people-lead = Usted da un mandato a una dirección de correo. Quien inicie sesión con ella lo tiene. Cada uno queda en el registro público, por seudónimo.
people-admin-give = Dar un mandato
people-admin-email = Correo electrónico de la persona
people-admin-role = Mandato
people-admin-organisation = Organización
people-admin-organisation-hint = Los responsables responden por una organización. Los demás mandatos valen para todo el municipio.
people-admin-no-organisation = Ninguna: todo el municipio
people-admin-give-button = Dar el mandato
people-admin-end-button = Terminar
people-admin-given = El mandato está dado y consta en el registro.
people-admin-ended = El mandato ha terminado y consta en el registro.
people-organisations-heading = Organizaciones
people-organisations-lead = Departamentos y organismos públicos que responden por algo.
people-organisations-none = Todavía no hay ninguna organización.
people-organisations-list = Las organizaciones del municipio
people-organisations-add = Añadir una organización
people-organisation-code = Nombre corto para direcciones
people-organisation-code-hint = Minúsculas, cifras y guiones, por ejemplo servicios-viales. Después no se puede cambiar.
people-organisation-name = Nombre
people-organisation-name-hint = Hace falta en el primer idioma del municipio; los demás son bienvenidos.
people-organisation-name-in = Nombre ({ $language })
people-organisation-email = Correo electrónico de la oficina
people-organisation-email-hint = No es público. Puede dejarlo vacío.
people-organisation-add-button = Añadir la organización
people-organisation-added = La organización está añadida y consta en el registro.
people-jobs-heading = Trabajos que fallaron
people-jobs-lead = Correos y otros trabajos que se intentaron varias veces sin éxito. Arregle la causa y vuelva a intentarlo.
people-jobs-none = No ha fallado nada.
people-job-error = Qué lo impidió
people-job-attempts = Intentos
people-job-retry = Intentar de nuevo
people-job-discard = Dejarlo
people-job-retried = Se intentará de nuevo en un minuto.
people-job-discarded = Se ha dejado.

# Instalación
people-setup-heading = Crear la primera persona administradora
people-setup-lead = El programa mostró un código de un solo uso donde se inició. Quien lo tenga organiza el municipio.
people-setup-code = El código de la terminal
people-setup-code-hint = 16 letras y cifras
people-setup-email = Su correo electrónico
people-setup-name = Su nombre
people-setup-button = Asumir la administración
people-setup-done = Usted administra este municipio.

# Demostración
people-persona-visitor = Visitante
people-persona-resident = Residente (Amina)
people-persona-officer = Responsable (Jonas)
people-persona-administrator = Administración
people-persona-moderator = Moderación
people-persona-auditor = Auditoría
people-persona-now = Ahora ve el municipio como esta persona.
people-outbox-heading = Bandeja de salida de la demostración
people-outbox-lead = Nada sale de la demostración. Aquí se muestran los correos que enviaría un municipio real, primero los más nuevos, como mucho { $most }.
people-outbox-none = Todavía no se ha escrito ningún correo.
people-outbox-to = Para
people-outbox-at = Escrito

# El registro
people-said-mandate-given = { $handle } recibió el mandato de { $role ->
    [officer] responsable
    [steward] coordinación de procesos
    [moderator] moderación
    [analyst] análisis
    [auditor] auditoría
    [administrator] administración
    [open311] programa Open311
   *[other] { $role }
} para { $scope ->
    [town] todo el municipio
   *[other] { $scope }
}
people-said-mandate-ended = { $handle } ya no tiene el mandato de { $role ->
    [officer] responsable
    [steward] coordinación de procesos
    [moderator] moderación
    [analyst] análisis
    [auditor] auditoría
    [administrator] administración
    [open311] programa Open311
   *[other] { $role }
} para { $scope ->
    [town] todo el municipio
   *[other] { $scope }
}
people-said-organisation-added = Se añadió la organización { $code }
people-said-person-erased = { $handle } borró su cuenta; todos sus mandatos terminaron
people-subject-mandate = mandato
people-subject-organisation = organización
people-subject-person = persona

# Negativas
refusal-people-email = Un correo electrónico tiene la forma nombre@example.org, con letras sin acentos.
refusal-people-mail-often = Se le enviaron varios correos en la última hora. Espere un rato y vuelva a intentarlo.
refusal-people-link-spent = Este enlace ya no sirve: se usó, tiene más de { $minutes } minutos o está cortado. Pida otro en la página de inicio de sesión.
refusal-people-name = Un nombre tiene como mucho { $most } caracteres, en una línea.
refusal-people-language = Elija uno de los idiomas que se ofrecen.
refusal-people-not-sure = Marque la casilla si está seguro.
refusal-people-last-administrator = Usted es la única persona que administra. Dé antes ese mandato a otra, para que alguien cuide del municipio.
refusal-people-ends-last-administrator = Es la única persona que administra. Dé antes ese mandato a otra, para que alguien cuide del municipio.
refusal-people-by-browser = Esto no se puede hacer con una clave. Inicie sesión con un navegador.
refusal-people-token-name = Una clave necesita un nombre de { $most } caracteres como mucho.
refusal-people-token-role = Elija una de sus propias funciones.
refusal-people-token-expiry = Una clave debe terminar: elija entre 1 y { $most } días.
refusal-people-token-too-many = Tiene { $most } claves en vigor. Revoque antes una.
refusal-people-role = Elija uno de los mandatos que se pueden dar.
refusal-people-organisation-needed = Un responsable responde por una organización: elija una.
refusal-people-organisation-not-for = Este mandato vale para todo el municipio: no elija organización.
refusal-people-organisation-unknown = No existe esa organización.
refusal-people-mandate-held = Esta persona ya tiene ese mandato, o tiene tantos como se puede ({ $most }).
refusal-people-organisation-code = Use de 2 a { $most } minúsculas, cifras y guiones, por ejemplo servicios-viales. «town» está reservado.
refusal-people-organisation-taken = Ya hay una organización con ese nombre corto.
refusal-people-organisation-name = Dé un nombre de { $most } caracteres como mucho, al menos en el primer idioma del municipio.
refusal-people-setup-code = Este no es el código, o ya se usó. Inicie el programa de nuevo para obtener otro.
people-hours-heading = Horario de { $name }
people-hours-lead = Los plazos se cuentan en este horario. Los ya prometidos quedan como están.
people-hours-hours = Horario
people-hours-hours-hint = Una línea por tramo, como mon-fri 08:00-12:30. Vacío: el horario del municipio.
people-hours-holidays = Más festivos
people-hours-holidays-hint = Un día por línea, como 2026-12-24, además de los festivos del municipio.
people-hours-save = Guardar el horario
people-hours-set = El horario está guardado y consta en el registro.
people-hours-town = Como el municipio
people-hours-change = Cambiar
people-said-hours-set = Se fijó el horario de { $code }
refusal-people-hours-line = «{ $line }» no se entiende. Escriba días y horas, como mon-fri 08:00-12:30 o sat 09:00-12:00.
refusal-people-hours-date = «{ $line }» no es un día. Escríbalo como 2026-12-24.
refusal-people-hours-overlap = Dos tramos del mismo día se solapan.
refusal-people-hours-none = Un tramo debe terminar después de empezar y antes de las 24:00, y algún día debe tener horario.
refusal-people-hours-many = Escriba como máximo { $most } líneas.
retention-people-sessions = Dispositivos con sesión, después de que la sesión caducó
retention-people-links = Enlaces para entrar, después de caducar
retention-people-mails = Correos del municipio, después de escribirse
retention-people-tokens = Claves para programas, después de caducar o revocarse
retention-people-receipts = Recibos de cuentas borradas, después del borrado
people-town-itself = La propia ciudad
refusal-roll-no-file = Elija un archivo con al menos una fila.
refusal-roll-table = No se puede leer esta tabla: { $problem }
refusal-roll-columns = El archivo necesita una columna number o una columna email.
refusal-roll-large = Una lista puede tener { $most } personas como máximo.
roll-aside = Filas apartadas
roll-aside-more = Y { $count } más; obtenga el archivo abajo.
roll-line = Línea
roll-column = Columna
roll-value = Lo que pone
roll-why = Por qué
roll-aside-cells = La fila no tiene tantas celdas como el encabezado, o sus comillas no cuadran.
roll-aside-nobody = La fila no tiene número ni correo electrónico, así que nadie podría encontrarse por ella.
roll-aside-number = El número tiene más de 40 caracteres.
roll-aside-email = Esto no es una dirección de correo electrónico.
roll-aside-born = Esto no es una fecha de nacimiento, como 1990-05-17.
roll-aside-district = La ciudad no tiene ese distrito.
roll-aside-twice = Está dos veces en el archivo.
roll-aside-there = Esta persona ya está en la lista.

# Activity
people-activity-heading = Mi actividad
people-activity-link = Todo lo que hizo aquí
people-activity-lead = Lo que avisó, propuso y escribió y aquello en lo que se inscribió, lo más reciente primero. Solo usted ve esta lista. Lo que votó no se guarda en ningún sitio, y lo que la ciudad ya no guarda tampoco está aquí.
people-activity-kind = Qué
people-activity-all = Todo
people-activity-show = Mostrar
people-activity-none = Todavía no ha hecho nada aquí
people-activity-none-of-kind = Todavía no ha hecho nada de este tipo
people-activity-none-text = Lo que haga con la sesión iniciada aparece aquí solo. Lo que hizo sin iniciar sesión no lo sabe nadie, por eso no está.
people-activity-following = Lo que sigo por correo
refusal-people-activity-kind = No hay ese tipo de actividad. Se conocen: { $kinds }.

# Finding an account
people-find-heading = Encontrar una cuenta por su dirección
people-find-lead = Alguien le escribió y usted necesita saber cuál es su seudónimo. Que usted miró y por qué queda en el registro público; de quién era la cuenta está allí solo como sello, y la persona lee en su propia página que usted miró.
people-find-exact = La dirección entera y exacta: con una parte no se encuentra nada.
people-find-why = ¿Por qué la busca?
people-find-why-hint = La persona lo lee.
people-find-why-none = Elija un motivo
people-find-why-asked = La persona pidió ayuda
people-find-why-mandate = Para dar o terminar un mandato
people-find-why-complaint = Alguien se quejó de lo que se hace con la cuenta
people-find-why-law = Una ley lo exige
people-find-button = Encontrar la cuenta
people-find-nobody = Nadie aquí tiene esa dirección.
people-find-no-mandates = Ninguno
people-me-looks = Quién buscó mi cuenta
refusal-people-find-why = Diga por qué busca esta cuenta.
people-said-looked-up = { $by } buscó la cuenta de una dirección { $why ->
    [asked] porque la persona pidió ayuda
    [mandate] para dar o terminar un mandato
    [complaint] por una queja
   *[law] porque una ley lo exige
}
people-find-handle = Seudónimo
people-find-mandates = Mandatos
