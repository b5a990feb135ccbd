door-processes = Propuestas
subject-process = Proceso
process-template-budget = Presupuesto participativo
process-template-consultation = Consulta
process-template-initiative = Iniciativa ciudadana
process-template-petition = Peticiones
phase-vote = Votación
phase-evaluate = El municipio revisa y responde
phase-submit = Propuestas
phase-support = Recogida de apoyos
phase-amend = Enmiendas
phase-discuss = Debate
phase-monitor = Seguimiento
process-coming = Próximo
process-open = Abierto
process-between = Entre dos fases
process-over = Terminado
process-until = hasta el { $date }
process-from = desde el { $date }
process-ended = terminó el { $date }
process-held = Su plazo terminó, pero faltan respuestas: lo siguiente espera.
process-phase-times = { $from } a { $until }
process-proposals = { $count ->
    [one] { $count } propuesta
   *[other] { $count } propuestas
}
process-waiting = { $count ->
    [one] { $count } propuesta espera aún la respuesta debida.
   *[other] { $count } propuestas esperan aún la respuesta debida.
} Hasta entonces no empieza la fase siguiente.
process-waiting-which = Ver cuáles
process-overdue = { $count ->
    [one] El municipio se retrasa con { $count } respuesta.
   *[other] El municipio se retrasa con { $count } respuestas.
}
process-no-proposals = Aún no hay propuestas.
process-all-proposals = Todas las propuestas de este proceso
process-about = Sobre este proceso
process-phases = Fases
process-calendar = Ponga las fechas en su calendario (.ics)
process-rules = Reglas
process-budget = Dinero disponible
process-cost-most = Coste máximo de una propuesta
process-supports-min = Apoyos desde los que el municipio debe responder
process-supports-most = Apoyos que puede dar una persona
process-answer-days = Entonces la respuesta llega en
process-account-days = La cuenta debe existir desde hace
process-districts = Distritos
process-working-days = { $count ->
    [one] { $count } día hábil
   *[other] { $count } días hábiles
}
process-days = { $count ->
    [one] { $count } día
   *[other] { $count } días
}
process-follow-rss = Nuevas propuestas por RSS
process-private = Borrador privado
process-edit = Editar este proceso
processes-title = Participe
processes-lead = Proponga, debata y apoye en procesos con plazos y reglas fijas. El municipio responde en público, con razones.
processes-open = Abiertos ahora
processes-coming = Próximos
processes-over = Terminados
processes-none = Aún no hay procesos
processes-none-text = Cuando el municipio pida propuestas, estará aquí.
processes-admin = Procesos
processes-admin-lead = Empiece un proceso desde una plantilla o copie uno de un año anterior. Es privado hasta que lo publique.
processes-admin-none = Aún no coordina ningún proceso.
process-name = Nombre
process-template = Plantilla
process-begins = Empieza
process-ends = Termina
process-public = Público
process-yes = Sí
process-new = Empezar un proceso
process-title-in = Nombre ({ $language })
process-summary-in = En una o dos frases ({ $language })
process-about-in = Todo lo demás ({ $language })
process-phase-in = Nombre, si no es el de su primer acto ({ $language })
process-code = Nombre en la dirección
process-code-hint = Minúsculas, cifras y guiones, como presupuesto-2027. No cambia nunca.
process-origin = Empezar desde
process-origin-hint = Una copia lo toma todo y mueve las fases un año.
process-copy-of = Copia de «{ $title }», un año después
process-organisation = Quién responde
process-organisation-hint = Sus responsables evalúan las propuestas.
process-town-itself = El municipio
process-begin = Empezar
process-edit-title = Editar «{ $title }»
process-private-lead = Solo la ve la coordinación. Publíquelo cuando esté listo.
process-public-lead = Todos lo ven. Cada cambio va al registro público; lo pasado queda como fue.
process-see = Ver su página
process-publish = Publicar
process-words = Textos
process-phases-hint = En orden, con la hora de { $zone }. Lo permitido acaba en el segundo exacto. Deje vacías las dos horas para quitar una fase.
process-phase-number = Fase { $number }
process-opens = Desde
process-closes = Hasta
process-acts = Qué se puede hacer
process-rules-hint = Valen desde la primera fase y después no cambian. Después el dinero solo puede aumentar, y una categoría con propuestas se queda.
process-asks-cost = Las propuestas cuestan dinero: los responsables deben decir cuánto
process-supports-min-hint = 0 si se responde a todas.
process-answer-days-hint = Días hábiles del calendario municipal. Vacío si no se promete plazo.
process-supports-most-hint = Vacío si no hay límite.
process-needs-place = Una propuesta necesita un lugar o un distrito
process-categories = Categorías
process-categories-hint = Una por línea: código y nombre en cada idioma, entre barras: parks {"|"} Parks {"|"} Parques {"|"} حدائق
process-districts-hint = Ninguno para todo el municipio.
process-save = Guardar
flash-process = El proceso está guardado.
flash-process-published = El proceso es público.
saying-process-published = Se publicó el proceso { $subject }.
saying-process-changed = Se cambió el proceso { $subject }; sus fases y reglas están en la entrada.
participation-front = Participe
participation-front-all = Todas las propuestas ({ $count })
participation-front-none = Ahora no hay ningún proceso abierto.
participation-front-overdue = { $count ->
    [one] El municipio se retrasa con una respuesta
   *[other] El municipio se retrasa con { $shown } respuestas
}
refusal-proposal-needs-account = Un programa no puede hacerlo en nombre de nadie; entre con una cuenta.
refusal-phase-not-submit = Ahora no se pueden presentar ni corregir propuestas. Las fases están en la página del proceso.
refusal-phase-not-amend = Ahora no se admiten enmiendas. Las fases están en la página del proceso.
refusal-phase-not-discuss = Aquí no hay debate ahora. Las fases están en la página del proceso.
refusal-phase-not-support = Ahora no se recogen apoyos. Las fases están en la página del proceso.
refusal-phase-not-evaluate = Ahora no se responde a propuestas de este proceso. Las fases están en su página.
refusal-phase-not-now = No es posible en la fase actual.
refusal-process-code = Use de 2 a 60 minúsculas, cifras y guiones interiores, como presupuesto-2027.
refusal-process-code-taken = Ya hay un proceso con ese nombre. Elija otro.
refusal-process-origin = Elija una plantilla o un proceso anterior.
refusal-process-words-missing = El nombre y el resumen deben estar en { $language }.
refusal-process-no-phase = Un proceso necesita al menos una fase.
refusal-process-too-many-phases = Un proceso puede tener como máximo { $most } fases.
refusal-process-phase-backwards = La fase { $number } termina antes de empezar.
refusal-process-phase-without-act = Elija qué se puede hacer en la fase { $number }.
refusal-process-phase-time = Dé a la fase { $number } un principio y un fin, como 2027-03-01T09:00.
refusal-process-phases-overlap = La fase { $number } empieza antes de que acabe la anterior.
refusal-process-past-phase = Lo que ya empezó o terminó no se puede mover.
refusal-process-rules-fixed = Las reglas valen desde que empezó la primera fase. Ya no pueden cambiar.
refusal-process-answer-without-threshold = Un plazo de respuesta necesita un número de apoyos.
refusal-process-number = Dé un número entero hasta { $most }.
refusal-process-category = La línea «{ $line }» no es una categoría: un código único y nombres, entre barras.
refusal-process-categories = Un proceso puede tener como máximo { $most } categorías.
refusal-process-changed = Otra persona cambió este proceso entretanto. Ábralo de nuevo.
refusal-process-published = Este proceso ya es público.
refusal-account-too-new = Este proceso pide una cuenta de al menos { $days } días.
proposal-imports-title = Traer propuestas
proposal-imports-lead = Desde la exportación de propuestas de Decidim (CSV o JSON) o de CONSUL (CSV). Pruebe primero: no se guarda nada y verá qué se apartaría.
proposal-imports-file = Archivo
proposal-imports-file-hint = Se traen títulos, textos, lugares, respuestas y números de apoyos; personas no: los autores solo se nombran.
proposal-imports-try = Solo probar
proposal-imports-store = Guardar
proposal-imports-tried = No se guardó nada. Se guardarían { $stored }, { $already } ya estaban, se apartarían { $aside }.
proposal-imports-done = Se guardaron { $stored }, { $already } ya estaban, se apartaron { $aside }.
proposal-imports-counts = { $stored } guardadas, { $already } ya estaban, { $aside } apartadas
proposal-imports-undone = Deshecho: { $removed } retiradas, { $stayed } se quedan porque alguien actuó sobre ellas
proposal-imports-asides = Apartadas, con la razón
proposal-imports-line = Línea
proposal-imports-column = Columna
proposal-imports-value = Valor
proposal-imports-reason = Razón
proposal-imports-before = Importaciones anteriores
proposal-imports-undo = Retirarla de nuevo
proposal-aside-id = No tiene id
proposal-aside-title = Falta el título o es demasiado largo
proposal-aside-text = Falta el texto o es demasiado largo
proposal-aside-time = No se puede leer la fecha
proposal-aside-ragged = Tiene otro número de celdas que columnas
proposal-aside-answer = Guardada como abierta: su respuesta no tiene razones
flash-proposal-import-undone = Se retiró lo que nadie había tocado.
saying-process-imported = Propuestas traídas a { $subject } ({ $import }): { $stored }.
saying-process-import-undone = Se deshizo la importación { $import } a { $subject }. Propuestas retiradas: { $removed }.
saying-proposal-removed = { $subject } se retiró con su importación.
refusal-proposals-import-no-file = Elija un archivo.
refusal-proposals-import-unreadable = No se puede leer el archivo: { $problem }
refusal-proposals-import-too-many = Un archivo puede tener como máximo { $most } propuestas.
refusal-proposals-import-columns = No son propuestas de Decidim o CONSUL: hacen falta columnas de id, título y texto.
process-supports-least = Apoyos que debe dar una persona para que cuenten
process-supports-least-hint = Vacío si cada apoyo cuenta enseguida.
process-grades = El grado más alto de un apoyo
process-grades-hint = De 2 a 5. Vacío si los apoyos no tienen grado.
refusal-process-grades = Los grados van de 1 hasta un número de 2 a { $most }; déjelo vacío para apoyos sin grado.
refusal-process-supports-range = Nadie puede dar bastantes apoyos: el mínimo es mayor que el máximo.
refusal-process-money-fixed = La primera fase ha empezado: el dinero puede aumentar, no disminuir.
refusal-process-category-used = La primera fase ha empezado y hay propuestas en la categoría { $code }. Se queda.
