door-meetings = Reuniones
subject-meeting = Reunión
meetings-title = Reuniones
meetings-lead = Donde la ciudad y sus residentes hablan: en persona o en línea. Después consta aquí lo que se decidió.
meetings-calendar = Como calendario al que suscribirse (.ics)
meetings-admin = Sus reuniones
meetings-admin-none = Todavía no ha anotado ninguna reunión.
meetings-coming = Próximas
meetings-over = Celebradas
meetings-none = De momento no hay ninguna reunión anunciada.
meeting-private = Aún no anunciada
meeting-cancelled = Cancelada
meeting-coming = Próxima
meeting-now = Ahora
meeting-over = Celebrada
meeting-minuted = Con acta
meeting-times = { $from } a { $until }
meeting-also-online = en línea
meeting-private-note = Solo quienes organizan esta reunión ven esta página.
meeting-cancelled-note = Esta reunión se canceló:
meeting-agenda-label = De qué hablamos
meeting-agenda-hint = Una línea para cada punto.
meeting-minutes = Acta
meeting-decided = Se decidió
meeting-attended = { $count ->
    [one] Asistió una persona.
   *[other] Asistieron { $count } personas.
}
meeting-about = Sobre esta reunión
meeting-come = Venga
meeting-taken = { $taken } de { $places } plazas ocupadas.
meeting-waiting-count = { $count ->
    [one] Una persona espera.
   *[other] { $count } personas esperan.
}
meeting-sign-in = Inicie sesión para reservar plaza
meeting-register = Reservar una plaza
meeting-wait = Ponerme en la lista de espera
meeting-register-text = Recibirá un correo ahora y el día antes. Solo quienes organizan la reunión ven quién viene.
meeting-leave = Devolver mi plaza
meeting-you-have-place = Tiene una plaza.
meeting-you-wait = { $place ->
    [1] Es la siguiente persona de la lista de espera.
   *[other] Es el número { $place } de la lista de espera.
}
meeting-edit = Gestionar esta reunión
meeting-where = Dónde
meeting-where-hint = Sala, calle, planta. Vacío para una reunión solo en línea.
meeting-online = En línea
meeting-online-hint = La dirección de la videoreunión, como https://meet.example.org/sala.
meeting-belongs-to = Pertenece a
meeting-belongs-hint = De qué trata, como process/budget-2027. Puede quedar vacío.
meeting-calendar = A mi calendario (.ics)
meeting-new = Anotar una reunión
meeting-holder = Quién la organiza
meeting-make = Empezar
meeting-see = Ver su página
meeting-title-label = Título
meeting-summary-label = En una o dos frases
meeting-text-label = Qué se dijo
meeting-text-hint = No nombre a nadie que no hable por un organismo público.
meeting-starts = Empieza
meeting-ends = Termina
meeting-zone = Según el reloj de la ciudad ({ $zone }).
meeting-district = Distrito
meeting-no-district = Ningún distrito
meeting-places = Plazas
meeting-places-hint = Vacío si nadie tiene que inscribirse.
meeting-save = Guardar
meeting-publish = Anunciar
meeting-publish-text = Desde entonces todos la ven y pueden reservar plaza.
meeting-cancel = Cancelar la reunión
meeting-cancel-reason = Por qué
meeting-cancel-hint = Lo lee todo el mundo; quien tiene plaza o espera recibe un correo.
meeting-is-fixed = Ha empezado o se canceló; ya no puede cambiarse.
meeting-minutes-write = Acta
meeting-minutes-lead = Lo que se dijo y decidió, para todos. Más tarde puede publicar una mejor; el registro guarda que lo hizo.
meeting-decisions-label = Qué se decidió
meeting-decisions-hint = Una línea por decisión. Detrás de una barra, a qué responde: Construimos el banco | proposal/P-7K2M
meeting-attended-label = Cuántas personas asistieron
meeting-minutes-publish = Publicar el acta
meeting-people = Quién viene
meeting-people-lead = Para la puerta. Guárdelo para usted; se borra unos días después de la reunión.
meeting-people-csv = Como tabla (CSV)
meeting-people-none = Todavía no se ha inscrito nadie.
meeting-person = Nombre
meeting-person-email = Correo electrónico
meeting-person-place = Plaza
meeting-person-at = Inscripción
meeting-waits = Espera
meeting-has-place = Tiene plaza
meeting-mail-subject = { $title }: { $sentence }
meeting-mail-placed = tiene una plaza
meeting-mail-waiting = está en la lista de espera
meeting-mail-moved-up = ahora tiene una plaza
meeting-mail-soon = es pronto
meeting-mail-cancelled = cancelada
meeting-mail-changed = otra hora u otro lugar
meeting-mail-body =
    { $title }: { $sentence }.

    Cuándo: { $when }
    Dónde: { $place }

    Todo sobre ella, y un botón para devolver su plaza:
    { $link }
meeting-mail-body-cancelled =
    { $title } se canceló. Habría sido el { $when }.

    Por qué: { $reason }

    { $link }
saying-meeting-announced = { $by } anunció la reunión { $subject }.
saying-meeting-changed = { $by } cambió la reunión { $subject }.
saying-meeting-cancelled = { $by } canceló la reunión { $subject }.
saying-meeting-minuted = { $by } publicó el acta de { $subject }.
flash-meeting-place = Tiene una plaza. Le llegará un correo.
flash-meeting-waiting = Todas las plazas están ocupadas; está en la lista de espera. Recibirá un correo cuando haya una libre.
flash-meeting-left = Ha devuelto su plaza.
flash-meeting-saved = La reunión está guardada.
flash-meeting-published = La reunión está anunciada.
flash-meeting-cancelled = La reunión está cancelada.
flash-meeting-minutes = El acta es pública.
retention-meetings-registrations = Quién se inscribió en una reunión, desde que terminó
refusal-meeting-words-missing = Escríbalo en { $language }.
refusal-meeting-words-long = Puede tener como máximo { $most } caracteres.
refusal-meeting-times = Una reunión termina después de empezar, y dura como máximo { $days } días.
refusal-meeting-time = Escriba cuándo empieza y termina, cada uno como día y hora.
refusal-meeting-nowhere = Diga dónde es: un lugar, una dirección en línea o ambos.
refusal-meeting-online = Esto no es una dirección de la web. Empieza por https://.
refusal-meeting-places = Escriba cuántas plazas hay, de 1 a { $most }, o déjelo vacío.
refusal-meeting-belongs = No existe ese asunto. Escriba su tipo y referencia, como process/budget-2027.
refusal-meeting-district = No existe ese distrito.
refusal-meeting-organisation = No existe esa organización.
refusal-meeting-changed = Otra persona cambió esta reunión entretanto. Mírela de nuevo.
refusal-meeting-begun = Esta reunión ha empezado; ya no puede cambiarse.
refusal-meeting-is-cancelled = Esta reunión se canceló.
refusal-meeting-published = Esta reunión ya está anunciada.
refusal-meeting-not-public = Esta reunión aún no está anunciada; no hay nada que cancelar.
refusal-meeting-past = El comienzo está en el pasado. Ponga uno posterior.
refusal-meeting-reason = Diga por qué, en { $most } caracteres como máximo.
refusal-meeting-needs-account = Para reservar plaza necesita una cuenta. Inicie sesión.
refusal-meeting-closed = Esta reunión ha empezado; ya no se dan ni se devuelven plazas.
refusal-meeting-no-registration = No hay que inscribirse en esta reunión. Simplemente venga.
refusal-meeting-not-begun = El acta se publica cuando la reunión ha empezado.
refusal-meeting-attended = Escriba cuántas personas asistieron como un número.
refusal-meeting-decision = Nadie puede encontrar { $which }. Escriba el tipo y la referencia de algo público, como proposal/P-7K2M.
refusal-meeting-decisions = Como máximo { $most } decisiones de { $characters } caracteres cada una.
